import { writeFileSync } from 'node:fs';
import type { App } from '../../src/app';
import { createApp } from '../../src/app';
import { VitrineError } from '../../src/domain';
import { ColorEncoder } from '../support/color-encoder';
import { product, withTemporaryApp } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';

/** Ids of what looks like a colour. */
async function like(app: App, color: string): Promise<string[]> {
  const photo = await app.photoVector([await flatPicture(color)]);
  const { results } = await app.search('', { limit: 20, ...(photo && { photo }) });
  return results.map(({ product: { id } }) => id);
}

it('encodes each picture once, whoever shows it, and what is new with the next import', async () => {
  const imageEncoder = new ColorEncoder();
  await withTemporaryApp(
    async (app) => {
      await filledShop(app);
      expect(imageEncoder.encoded).toBe(4);
      await app.indexer.sync({});
      await app.indexer.sync({ rebuild: true });
      expect(imageEncoder.encoded).toBe(4);
      app.products.upsert([product({ id: 'sofa', title: 'Sofa', imageLink: 'sofa.webp' })]);
      await app.indexer.sync({});
      expect(await like(app, '#e010e0')).not.toContain('sofa');
      // The picture comes later than the product: nothing about the product changes.
      for (const task of app.pictures.pending(10)) await app.pictures.put(task, await flatPicture('#d010d0'));
      const told: number[][] = [];
      await app.indexer.sync({ onPictures: (...progress) => void told.push(progress) });
      expect(told).toEqual([[1, 1]]);
      expect((await like(app, '#e010e0'))[0]).toBe('sofa');
    },
    { imageEncoder },
  );
});

it('takes the best of a product’s pictures, and follows pictures that go', async () => {
  await withTemporaryApp(
    async (app) => {
      await filledShop(app);
      const bag = { id: 'bag', title: 'Bag', imageLink: 'front.webp' };
      app.products.upsert([product({ ...bag, additionalImageLinks: ['back.webp'] })]);
      for (const task of app.pictures.pending(10)) {
        await app.pictures.put(task, await flatPicture(task.position === 0 ? '#10d0d0' : '#d010d0'));
      }
      await app.indexer.sync({});
      expect((await like(app, '#10e0e0'))[0]).toBe('bag');
      expect((await like(app, '#e010e0'))[0]).toBe('bag');
      app.products.upsert([product(bag)]);
      await app.indexer.sync({});
      expect(await like(app, '#e010e0')).not.toContain('bag');
    },
    { imageEncoder: new ColorEncoder() },
  );
});

it('goes on where a run broke off', async () => {
  const imageEncoder = new ColorEncoder();
  await withTemporaryApp(
    async (app) => {
      const colors = Array.from({ length: 10 }, (_, i) => `#${(20 + i * 20).toString(16).padStart(2, '0')}8040`);
      app.products.upsert(colors.map((_, i) => product({ id: `p${i}`, title: 'Thing', imageLink: `${i}.webp` })));
      for (const task of app.pictures.pending(20)) {
        await app.pictures.put(task, await flatPicture(colors[Number.parseInt(task.source, 10)] ?? ''));
      }
      const broken = app.indexer.sync({
        onPictures: (done) => {
          if (done >= 4) imageEncoder.fault = new VitrineError('ENCODER_FAILED', 'broken');
        },
      });
      await expect(broken).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
      const before = imageEncoder.encoded;
      expect(before).toBeLessThan(10);
      imageEncoder.fault = undefined;
      await app.indexer.sync({});
      expect(imageEncoder.encoded).toBe(10);
    },
    { imageEncoder },
  );
});

it('counts pictures that can’t be read and leaves them out, and takes them when they can', async () => {
  await withTemporaryApp(
    async (app) => {
      await filledShop(app);
      const rows = ['a', 'b', 'c'].map((id) => product({ id, title: 'Bowl', imageLink: `${id}.webp` }));
      app.products.upsert(rows);
      const whole = await flatPicture('#d010d0');
      const bytes = { 'a.webp': Buffer.from('no picture'), 'b.webp': whole.subarray(0, 30), 'c.webp': whole };
      for (const task of app.pictures.pending(10)) {
        await app.pictures.put(task, bytes[task.source as keyof typeof bytes]);
      }
      expect((await app.indexer.sync({})).pictures).toEqual({ encoded: 1, unreadable: 2 });
      expect((await like(app, '#e010e0'))[0]).toBe('c');
      expect(await like(app, '#e010e0')).not.toContain('a');
      writeFileSync(app.pictures.file('a', 0) ?? '', whole);
      expect((await app.indexer.sync({})).pictures).toEqual({ encoded: 1, unreadable: 1 });
      expect((await like(app, '#e010e0')).slice(0, 2).sort()).toEqual(['a', 'c']);
    },
    { imageEncoder: new ColorEncoder() },
  );
});

it('refuses an index whose pictures another encoder made, until it is built anew', async () => {
  await withTemporaryApp(
    async (app) => {
      await filledShop(app);
      const imageEncoder = new (class extends ColorEncoder {
        override readonly id = 'colors@2';
      })();
      const other = createApp(app.config, { imageEncoder });
      try {
        expect(other.indexer.isOutdated()).toBe(true);
        await expect(like(other, '#d01010')).rejects.toMatchObject({
          code: 'INDEX_MISMATCH',
          message: expect.stringContaining('colors@1'),
        });
        await other.indexer.sync({});
        expect(imageEncoder.encoded).toBe(5);
        expect((await like(other, '#d01010')).slice(0, 2).sort()).toEqual(['mug-red', 'pack-red']);
      } finally {
        await other.close();
      }
    },
    { imageEncoder: new ColorEncoder() },
  );
});
