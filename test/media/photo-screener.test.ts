import { join } from 'node:path';
import sharp from 'sharp';
import { loadConfig } from '../../src/config';
import { createPhotoScreener, NsfwPhotoScreener, SharpPictureReader } from '../../src/media';

const open: NsfwPhotoScreener[] = [];
afterEach(async () => {
  for (const screener of open.splice(0)) await screener.close();
});
const screenerOf = (threshold: number, limits = {}) => {
  const screener = new NsfwPhotoScreener(threshold, limits);
  open.push(screener);
  return screener;
};
const garment = async () => {
  const thing = { create: { width: 120, height: 160, channels: 3, background: '#b02030' } } as const;
  const photo = sharp({ create: { width: 300, height: 300, channels: 3, background: '#f4f0e8' } });
  return new SharpPictureReader().read(
    await photo
      .composite([{ input: thing, left: 90, top: 70 }])
      .jpeg()
      .toBuffer(),
  );
};

it('screens with the network that nsfwjs ships, and refuses from the threshold on', async () => {
  const photo = await garment();
  const screener = screenerOf(0.85);
  const seen = await screener.screen(photo);
  expect(Object.values(seen).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);
  expect(await screener.refuses(photo, {})).toBe(false);
  const strict = screenerOf((seen.Porn + seen.Hentai) * 0.9);
  expect(await strict.refuses(photo, {})).toBe(true);
});

it('says that it failed when its network throws or hangs, and goes on with the next photo', async () => {
  const module = join(__dirname, '..', 'support', 'encoders', 'screening.cjs');
  const screener = screenerOf(0.5, { module, deadline: 500 });
  const photo = (width: number) => ({ data: new Uint8Array(3), width, height: 1 });
  await expect(screener.refuses(photo(1), {})).rejects.toMatchObject({ code: 'PHOTO_SCREENING_FAILED' });
  await expect(screener.refuses(photo(2), {})).rejects.toMatchObject({ code: 'PHOTO_SCREENING_FAILED' });
  expect(await screener.refuses(photo(3), {})).toBe(true);
});

it('is on by default, and can be switched off', async () => {
  const screener = createPhotoScreener(loadConfig());
  expect(screener).toBeInstanceOf(NsfwPhotoScreener);
  await screener?.close();
  expect(createPhotoScreener(loadConfig({ PHOTO_SCREENING: 'off' }))).toBeUndefined();
});
