import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../../src/app';
import { writeDemoFeed } from '../../../src/catalogue/demo/feed';
import { withFeed } from '../../../src/cli/eval';
import { packageRoot } from '../../../src/config';
import { wavOf } from '../../../src/encoders/speech/wav';
import { quantile } from '../../../src/training';
import { RATE, utterances } from './speech';

const NOTES = 12;
const TEXT_TURNS = 120;
const AT_ONCE = 10;
const TEXTS = ['red backpack', 'blue mug under 20 euros', 'running shoes', 'wooden toys for kids', 'wine glasses'];

/**
 * Over the demo catalogue: a voice note's whole turn (stored file to answer) of 5 and of 60 seconds with each step, as
 * multiples of the note's length; and text turns alone beside text turns while ten notes are heard.
 */
export async function benchVoiceTurns(log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-voice-turns-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(packageRoot(), 'locales'), folder, withoutPictures: true });
    await withFeed(feed, async (app) => {
      const said = utterances();
      await turn(app, { voice: await stored(app, note(said, 5, 0), 'warm') }, 'warm');
      for (const seconds of [5, 60]) await lengths(app, said, seconds, log);
      const alone = await texts(app, 'alone');
      const notes = Promise.all(
        Array.from({ length: AT_ONCE }, async (_, i) => {
          const id = `ten:${i}`;
          await turn(app, { voice: await stored(app, note(said, 5, i), id) }, id);
        }),
      );
      const beside = await texts(app, 'beside');
      await notes;
      const [quiet, busy] = [quantile(alone, 0.95), quantile(beside, 0.95)];
      log(`text turns p95 ${quiet.toFixed(0)} ms alone, ${busy.toFixed(0)} ms while ${AT_ONCE} notes of 5 s are heard`);
      log(`ratio: ${(busy / quiet).toFixed(2)}`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lengths(app: App, said: readonly Float32Array[], seconds: number, log: (line: string) => void) {
  const steps = new Map<string, number[]>();
  app.observer.current = {
    step: (name, milliseconds) => steps.set(name, [...(steps.get(name) ?? []), milliseconds]),
    fault: (error) => log(String(error)),
  };
  const turns: number[] = [];
  for (let i = 0; i < (seconds > 30 ? 4 : NOTES); i++) {
    const id = `${seconds}:${i}`;
    const voice = await stored(app, note(said, seconds, i), id);
    turns.push(await turn(app, { voice }, id));
  }
  app.observer.current = { step: () => undefined, fault: () => undefined };
  const p50 = quantile(turns, 0.5);
  log(
    `a note of ${seconds} s, whole turn p50 ${p50.toFixed(0)} ms = ${(p50 / 1_000 / seconds).toFixed(3)} × its length`,
  );
  for (const name of ['voice_fetch', 'voice_read', 'voice_hear', 'encode', 'search']) {
    const middle = quantile(steps.get(name) ?? [], 0.5);
    log(`  ${name} p50 ${middle.toFixed(0)} ms = ${(middle / 1_000 / seconds).toFixed(4)} ×`);
  }
}

async function texts(app: App, name: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < TEXT_TURNS; i++)
    times.push(await turn(app, { text: TEXTS[i % TEXTS.length] ?? '' }, `${name}:${i}`));
  return times;
}

/** Milliseconds of one turn. */
async function turn(app: App, { text = '', voice }: { text?: string; voice?: string }, id: string): Promise<number> {
  const started = performance.now();
  await app.assistant.handleTurn(
    {
      channel: 'bench',
      conversationId: id,
      userId: 'u',
      text,
      kind: 'message',
      hasAttachments: false,
      ...(voice !== undefined && { voices: [{ kind: 'stored', id: voice }] }),
    },
    new AbortController().signal,
  );
  return performance.now() - started;
}

const stored = (app: App, bytes: Buffer, conversation: string) =>
  app.attachments.put(conversation, { bytes, contentType: 'audio/wav', name: 'note.wav' });

/** Utterances one after the other with pauses, as a WAV file of so many seconds. */
function note(said: readonly Float32Array[], seconds: number, first: number): Buffer {
  const samples = new Float32Array(seconds * RATE);
  for (let at = RATE / 4, i = first; at < samples.length; i++) {
    const part = (said[i % said.length] ?? new Float32Array()).subarray(0, samples.length - at);
    samples.set(part, at);
    at += part.length + RATE / 2;
  }
  return wavOf({ samples, rate: RATE });
}
