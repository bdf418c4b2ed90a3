import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LANGUAGES, type Language, messageOf, type TextEncoder, VitrineError } from '../../domain';
import { CLASSES, type ClassifierKind } from '../../understanding';
import type { LabelledPhrase } from './train-classifier';

const file = z.record(z.string(), z.array(z.string().trim().min(1)).min(1));

/**
 * The phrases of `locales/<language>/<kind>.json`, each under its class. Throws TRAINING_FAILED where a file can't be read, or a
 * class has no phrases or is unknown. A language without the file is not learnt.
 */
export function readPhrases(localesDir: string, kind: ClassifierKind): LabelledPhrase[] {
  const present = LANGUAGES.filter((language) => existsSync(join(localesDir, language, `${kind}.json`)));
  if (present.length === 0) throw invalid(`there is no ${kind}.json in any language`);
  return present.flatMap((language) => {
    const name = `${language}/${kind}.json`;
    const byClass = parsed(join(localesDir, name), name);
    for (const label of CLASSES[kind]) if (!byClass[label]) throw invalid(`${name} has no "${label}"`);
    return Object.entries(byClass).flatMap(([label, texts]) => {
      if (!CLASSES[kind].includes(label)) throw invalid(`${name}: there is no class "${label}"`);
      return texts.map((text) => ({ text, label, language }));
    });
  });
}

/** Labelled phrases of a file of JSON lines, whose field `field` is the class. */
export function readHeldOut(path: string, language: Language, field: string): LabelledPhrase[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { text, [field]: label } = JSON.parse(line) as Record<string, string>;
    if (!text || !label) throw invalid(`${path} has a line without "text" or "${field}"`);
    return { text, label, language };
  });
}

/** The phrases with their vectors. */
export async function withVectors(
  phrases: readonly LabelledPhrase[],
  encoder: TextEncoder,
  signal?: AbortSignal,
): Promise<LabelledPhrase[]> {
  const found: LabelledPhrase[] = [];
  for (let start = 0; start < phrases.length; start += encoder.maxBatch) {
    const batch = phrases.slice(start, start + encoder.maxBatch);
    const texts = batch.map(({ text }) => text);
    const vectors = await encoder.encode(texts, signal ? { signal } : {});
    found.push(...batch.map((phrase, place) => ({ ...phrase, vector: vectors[place] })));
  }
  return found;
}

function parsed(path: string, name: string): z.output<typeof file> {
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw invalid(`${name} can't be read: ${messageOf(error)}`);
  }
}

function invalid(message: string): VitrineError {
  return new VitrineError('TRAINING_FAILED', message);
}
