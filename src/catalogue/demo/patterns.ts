/** Distances in pixels of a 340-pixel drawing. */
const STRIPE = 26;
const CHECK = 44;
const DOT = 34;
const FLOWER = 58;

/** How much of the pattern's ink a pixel takes, 0 or 1. */
export function patternMask(pattern: string, x: number, y: number): number {
  switch (pattern) {
    case 'striped':
      return y % STRIPE < STRIPE * 0.42 ? 1 : 0;
    case 'checked': {
      const across = x % CHECK < CHECK * 0.36;
      const down = y % CHECK < CHECK * 0.36;
      return across && down ? 1 : across || down ? 0.5 : 0;
    }
    case 'dotted': {
      const row = Math.floor(y / DOT);
      const dx = ((x + (row % 2) * (DOT / 2)) % DOT) - DOT / 2;
      const dy = (y % DOT) - DOT / 2;
      return dx * dx + dy * dy < (DOT * 0.27) ** 2 ? 1 : 0;
    }
    case 'floral':
      return flower(x, y);
    default:
      return 0;
  }
}

/** A five-petalled flower a cell, every second row shifted. */
function flower(x: number, y: number): number {
  const row = Math.floor(y / FLOWER);
  const dx = ((x + (row % 2) * (FLOWER / 2)) % FLOWER) - FLOWER / 2;
  const dy = (y % FLOWER) - FLOWER / 2;
  const distance = Math.hypot(dx, dy);
  if (distance < FLOWER * 0.08) return 0;
  const petal = 0.25 + 0.17 * Math.cos(5 * Math.atan2(dy, dx));
  return distance < FLOWER * petal ? 1 : 0;
}
