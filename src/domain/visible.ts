/** Is there anything to see in a text? Spaces and characters without width say nothing. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}]/u.test(text);
}

/** Only http and https addresses may become a button: never `javascript:` or `data:`. */
export function isWebAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}
