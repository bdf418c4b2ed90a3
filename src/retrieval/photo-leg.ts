import { type Candidate, idLeg, type LegOptions, photoTextLeg } from './candidates';
import type { OpenIndex } from './handle';

/** Pictures that are looked at; more where a filter will take some away. */
const PICTURES = 300;
const PICTURES_TO_FILTER = 3_000;
const TEXTS = 100;
const FUSED = 100;

/** May the photo be compared with products' words? */
export function photoMeetsTexts({ manifest }: OpenIndex): boolean {
  return manifest.encoder !== null && manifest.encoder.space === manifest.pictureEncoder?.space;
}

/** Products whose pictures are most like a photo, and those whose words are: so what has no picture is found, too. */
export async function photoLeg(
  index: OpenIndex,
  photo: Float32Array,
  options: Omit<LegOptions, 'limit'>,
): Promise<Candidate[]> {
  const legs = await Promise.all([
    byPicture(index, photo, options),
    photoMeetsTexts(index) ? photoTextLeg(index.table, photo, { ...options, limit: TEXTS }) : [],
  ]);
  return legs.flat();
}

/** The nearest products first: a filter may let few of them through, and those that it does are the ones to have. */
async function byPicture(
  index: OpenIndex,
  photo: Float32Array,
  options: Omit<LegOptions, 'limit'>,
): Promise<Candidate[]> {
  const ids = (await index.pictures?.nearest(photo, options.where ? PICTURES_TO_FILTER : PICTURES)) ?? [];
  const found: Candidate[] = [];
  for (let at = 0; at < ids.length && found.length < PICTURES; at += PICTURES) {
    found.push(...(await idLeg(index.table, ids.slice(at, at + PICTURES), { ...options, limit: PICTURES })));
  }
  return found;
}

/** Products whose fused vectors are nearest to the query's. */
export async function fusedLeg(
  index: OpenIndex,
  fused: Float32Array,
  options: Omit<LegOptions, 'limit'>,
): Promise<Candidate[]> {
  const ids = (await index.fused?.nearest(fused, FUSED)) ?? [];
  return idLeg(index.table, ids, { ...options, limit: FUSED });
}

/** Notes for each candidate, whichever leg found it, how near its fused vector is. */
export async function compareFused(
  index: OpenIndex,
  fused: Float32Array,
  candidates: readonly Candidate[],
): Promise<void> {
  const cosines = await index.fused?.cosines(
    fused,
    candidates.map(({ id }) => id),
  );
  for (const candidate of candidates) candidate.fused = cosines?.get(candidate.id);
}

/** Notes for each candidate, whichever leg found it, how like the photo its pictures are. */
export async function comparePictures(
  index: OpenIndex,
  photo: Float32Array,
  candidates: readonly Candidate[],
): Promise<void> {
  const cosines = await index.pictures?.cosines(
    photo,
    candidates.map(({ id }) => id),
  );
  for (const candidate of candidates) candidate.photoPicture = cosines?.get(candidate.id);
}
