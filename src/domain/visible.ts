/** Is there anything to see in a text? Spaces and characters without width say nothing. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}]/u.test(text);
}
