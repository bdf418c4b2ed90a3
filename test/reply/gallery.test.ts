import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { Translator } from '../../src/reply';
import { galleryOf } from '../../src/reply/gallery';
import { product } from '../support/data-dir';

const translator = new Translator(join(packageRoot(), 'locales'), ['reply']);
const vocabulary = { name: (_: string, id: string) => id, said: (_: string, id: string) => id, isArticle: () => false };

it('shows all pictures of a product that are there, then one of each other colour, and says which is which', () => {
  const mug = (id: string, color: string) =>
    product({ id, title: `${color} mug`, color, imageLink: 'a.webp', additionalImageLinks: ['b.webp', 'c.webp'] });
  const variants = [
    mug('blue', 'blue'),
    mug('red/1', 'red'),
    mug('red 2', 'red'),
    mug('blue-2', 'blue'),
    mug('grey', 'grey'),
  ];
  // The second picture of the red mug and all of the grey one could not be fetched.
  const hasPicture = (id: string, position = 0) => id !== 'grey' && !(id === 'red/1' && position === 1);
  const red = variants[1];
  if (!red) throw new Error('no red mug');
  expect(galleryOf(red, variants, 'en', { translator, vocabulary, hasPicture })).toEqual([
    { path: '/pictures/red%2F1/0.webp', text: 'Picture 1 of 3: red mug' },
    { path: '/pictures/red%2F1/2.webp', text: 'Picture 2 of 3: red mug' },
    { path: '/pictures/blue/0.webp', text: 'Picture 3 of 3: blue mug' },
  ]);
});
