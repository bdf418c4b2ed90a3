import type { Flow } from '../src/dialog';
import { alert } from './alert';
import { basket } from './basket';
import { compare } from './compare';
import { consent } from './consent';
import { fact } from './fact';
import { find } from './find';
import { forYou } from './for-you';
import { goesWith } from './goes-with';
import { letGo } from './let-go';
import { like } from './like';
import { likes } from './likes';
import { manners } from './manners';
import { more } from './more';
import { order } from './order';
import { pairing } from './pairing';
import { person } from './person';
import { photo } from './photo';
import { pick } from './pick';
import { product } from './product';
import { question } from './question';
import { rating } from './rating';
import { smallTalk } from './small-talk';
import { takeBack } from './take-back';
import { undo } from './undo';
import { voice } from './voice';

/** The flows in the order in which they are asked; the last one takes everything. */
export const FLOWS: readonly Flow[] = [
  pairing,
  rating,
  order,
  person,
  manners,
  product,
  basket,
  alert,
  compare,
  undo,
  fact,
  takeBack,
  pick,
  like,
  likes,
  goesWith,
  consent,
  letGo,
  question,
  forYou,
  voice,
  photo,
  smallTalk,
  more,
  find,
];
