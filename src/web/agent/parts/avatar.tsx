/** Hues that are told apart; an id always gets the same one. */
const HUES = [12, 40, 88, 150, 185, 215, 255, 290, 330];

/** A round mark with letters, coloured by whose it is. It says nothing that the text beside it does not say. */
export function Avatar({
  id,
  letters,
  small,
}: {
  readonly id: string;
  readonly letters: string;
  readonly small?: boolean;
}) {
  const hue = HUES[[...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES.length];
  return (
    <span
      className={small ? 'avatar avatar-small' : 'avatar'}
      style={{ '--hue': hue } as Record<string, unknown>}
      aria-hidden="true"
    >
      {letters}
    </span>
  );
}
