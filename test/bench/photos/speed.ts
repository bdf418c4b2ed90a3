import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../src/app';
import { writeDemoFeed } from '../../../src/catalogue/demo/feed';
import { importSource } from '../../../src/cli/import';
import { loadConfig } from '../../../src/config';
import { quantile } from '../../../src/training';
import { writePhotoQueries } from './demo';

const TURNS = 60;

/**
 * Over the demo catalogue: pictures encoded per second while they are indexed, as a share of the encoder's bare rate, and the
 * median of a photo's turn (fetch to answer) against decoding, screening and encoding it alone, in the same run.
 */
export async function photoSpeed(log: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-speed-'));
  const config = loadConfig({ DATA_DIR: join(dir, 'data') });
  const app = createApp(config);
  try {
    const { imageEncoder, reader, photoScreener } = app;
    if (!imageEncoder) throw new Error('MODELS names no image encoder: there is nothing to measure');
    const { feed } = await writeDemoFeed({ localesDir: config.LOCALES_DIR, folder: join(dir, 'demo') });
    await importSource(app, feed, { pictures: true }, new AbortController().signal);
    const files = [...new Set(app.pictures.stored().map(({ file }) => file))];
    const decoded = await Promise.all(files.slice(0, 256).map(async (file) => reader.read(readFileSync(file))));
    const bareStarted = performance.now();
    for (let at = 0; at < decoded.length; at += imageEncoder.maxBatch) {
      await imageEncoder.encode(decoded.slice(at, at + imageEncoder.maxBatch), {});
    }
    const bare = decoded.length / ((performance.now() - bareStarted) / 1_000);
    app.vectorCache.keepOnly([app.encoder?.id ?? '']);
    const importStarted = performance.now();
    await app.indexer.sync();
    const whole = files.length / ((performance.now() - importStarted) / 1_000);
    log(
      `${files.length} pictures: encoder alone ${bare.toFixed(0)}/s, import with reading and indexing ${whole.toFixed(0)}/s`,
    );
    log(`share of the encoder's bare rate: ${(whole / bare).toFixed(2)}`);

    const queries = join(dir, 'queries');
    await writePhotoQueries(queries, { count: TURNS });
    const photos = await Promise.all(
      readdirSync(queries)
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => app.normaliser.normalise(readFileSync(join(queries, name)))),
    );
    const alone: number[] = [];
    const turns: number[] = [];
    for (const [i, bytes] of photos.entries()) {
      const id = await app.attachments.put(`speed:${i}`, { bytes, contentType: 'image/webp', name: 'photo.webp' });
      const message = {
        channel: 'bench',
        conversationId: `speed:${i}`,
        userId: 'u',
        text: '',
        kind: 'message' as const,
      };
      const turn = async () => {
        const started = performance.now();
        const photo = { kind: 'stored', id } as const;
        await app.assistant.handleTurn(
          { ...message, hasAttachments: false, photos: [photo] },
          new AbortController().signal,
        );
        turns.push(performance.now() - started);
      };
      const parts = async () => {
        const started = performance.now();
        const picture = await reader.read(bytes);
        await photoScreener?.refuses(picture, {});
        await imageEncoder.encode([picture], {});
        alone.push(performance.now() - started);
      };
      // In turns, so that a warm cache helps both.
      for (const step of i % 2 === 0 ? [turn, parts] : [parts, turn]) await step();
    }
    // The first ones load the networks and encode the words that photos are compared with.
    const [turn, part] = [quantile(turns.slice(5), 0.5), quantile(alone.slice(5), 0.5)];
    log(`a photo's turn p50 ${turn.toFixed(0)} ms; decoding, screening and encoding alone ${part.toFixed(0)} ms`);
    log(`ratio: ${(turn / part).toFixed(2)}`);
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
