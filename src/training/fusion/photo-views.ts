import sharp from 'sharp';
import type { DecodedPicture } from '../../domain';
import type { EvaluationRandom } from '../evaluation';

/** A shop's picture is on white: channels above this are its background. */
const WHITE = 246;
const SIDE = 320;

/**
 * A shop's picture as a telephone might see it: on another ground, turned, nearer or further away, in other light, a little
 * blurred. JPEG, `SIDE` pixels wide.
 */
export async function photoView(picture: DecodedPicture, random: EvaluationRandom): Promise<Buffer> {
  const { width, height } = picture;
  const data = Buffer.from(picture.data);
  const tone = () => 80 + random.below(176);
  const [first, second] = [
    [tone(), tone(), tone()],
    [tone(), tone(), tone()],
  ];
  const graded = random.next() < 0.5;
  if (random.next() < 0.85) {
    for (let at = 0; at < data.length; at += 3) {
      if ((data[at] ?? 0) < WHITE || (data[at + 1] ?? 0) < WHITE || (data[at + 2] ?? 0) < WHITE) continue;
      const share = graded ? Math.floor(at / 3 / width) / height : 0;
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = Math.round((first?.[channel] ?? 0) * (1 - share) + (second?.[channel] ?? 0) * share);
    }
  }
  const ground = { r: first?.[0] ?? 255, g: first?.[1] ?? 255, b: first?.[2] ?? 255 };
  const border = Math.round(width * 0.25 * random.next());
  const turned = await sharp(data, { raw: { width, height, channels: 3 } })
    .extend({ top: border, bottom: border, left: border, right: border, background: ground })
    .rotate(Math.round(24 * random.next() - 12), { background: ground })
    .resize(SIDE, SIDE, { fit: 'cover' })
    .modulate({ brightness: 0.75 + 0.45 * random.next(), saturation: 0.85 + 0.3 * random.next() })
    .png()
    .toBuffer();
  const seen = random.next() < 0.4 ? sharp(turned).blur(0.4 + 0.8 * random.next()) : sharp(turned);
  return seen.jpeg({ quality: 50 + random.below(40) }).toBuffer();
}
