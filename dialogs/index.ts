import type { Flow } from '../src/dialog';
import { anyPrice } from './any-price';
import { basket } from './basket';
import { compare } from './compare';
import { consent } from './consent';
import { find } from './find';
import { forYou } from './for-you';
import { goesWith } from './goes-with';
import { like } from './like';
import { likes } from './likes';
import { more } from './more';
import { order } from './order';
import { pairing } from './pairing';
import { person } from './person';
import { photo } from './photo';
import { pick } from './pick';
import { product } from './product';
import { question } from './question';
import { smallTalk } from './small-talk';
import { undo } from './undo';
import { voice } from './voice';

/** The flows in the order in which they are asked; the last one takes everything. */
export const FLOWS: readonly Flow[] = [
  pairing,
  order,
  person,
  product,
  basket,
  compare,
  undo,
  pick,
  like,
  likes,
  goesWith,
  consent,
  question,
  forYou,
  voice,
  photo,
  anyPrice,
  smallTalk,
  more,
  find,
];
