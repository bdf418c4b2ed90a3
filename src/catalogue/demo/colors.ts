import type { DemoKind } from './kinds';

/** Dark, middle and light tone of each colour; a drawing's luminance is mapped onto them. */
export const RAMPS: Readonly<Record<string, readonly [string, string, string]>> = {
  black: ['#08080a', '#2b2b2f', '#6a6a70'],
  white: ['#8f959d', '#e9ebee', '#ffffff'],
  grey: ['#3a3d42', '#868b92', '#d0d4d9'],
  red: ['#5c0710', '#d42032', '#ff9a94'],
  orange: ['#7a3304', '#f07c1a', '#ffcf9c'],
  yellow: ['#806002', '#f5cd1c', '#fff3a6'],
  green: ['#0b3d1a', '#2a9a48', '#a6e6b0'],
  blue: ['#0a1f5c', '#2460d8', '#9cc4ff'],
  purple: ['#32105c', '#7c3ac8', '#d3aeff'],
  pink: ['#7d1f4e', '#f06fa8', '#ffd0e4'],
  brown: ['#2c160a', '#7b4a24', '#c99b6b'],
  beige: ['#7d6748', '#dcc7a0', '#fbf3e0'],
  gold: ['#5e4104', '#c8961c', '#fbe7a0'],
  silver: ['#4c5158', '#b4bac2', '#f4f6f8'],
};

const ANY = ['black', 'white', 'grey', 'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown', 'beige'];
const QUIET = ['black', 'white', 'grey', 'blue', 'red', 'green', 'beige', 'brown'];
const TECHNICAL = ['black', 'white', 'grey', 'blue', 'red', 'pink', 'green'];

/** Materials that have a colour of their own. */
const OF_MATERIAL: Readonly<Record<string, readonly string[]>> = {
  gold: ['gold'],
  silver: ['silver'],
  brass: ['gold', 'black'],
  denim: ['blue', 'black', 'grey', 'white'],
  rattan: ['beige', 'brown', 'white', 'black'],
  straw: ['beige', 'brown', 'white'],
  bamboo: ['beige', 'brown', 'black', 'green'],
  steel: ['silver', 'black', 'grey', 'red', 'blue'],
  aluminium: ['silver', 'black', 'grey', 'blue', 'red'],
  stone: ['grey', 'white', 'black', 'beige'],
  suede: ['brown', 'beige', 'black', 'grey', 'blue'],
  crystal: ['white', 'blue', 'pink'],
  natural: ['red', 'pink', 'white', 'yellow', 'green'],
};

const OF_DEPARTMENT: Readonly<Record<string, readonly string[]>> = {
  electronics: TECHNICAL,
  music: ['brown', 'black', 'red', 'blue', 'white', 'yellow', 'green'],
  furniture: QUIET,
  household: ['red', 'blue', 'green', 'yellow', 'black', 'grey', 'orange'],
};

/** Colours that an item of this kind and material comes in. */
export function colorsFor(kind: DemoKind, material: string): readonly string[] {
  return OF_MATERIAL[material] ?? OF_DEPARTMENT[kind.department] ?? ANY;
}
