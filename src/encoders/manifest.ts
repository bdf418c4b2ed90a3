import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, VitrineError } from '../domain';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
const path = z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'must be a plain relative path without leading dots');

/** A file of a model. `bytes` and `sha256` are null where they are only known once the hub has been asked. */
const file = z.strictObject({
  path,
  bytes: z.number().int().positive().nullable(),
  sha256: sha256.nullable(),
});

/** How texts become vectors. */
const encoding = z.strictObject({
  /** The ONNX file of the text side. Its suffix (`_quantized`, `_int8`, `_fp16` …) names its number format. */
  file: path.default('onnx/model_quantized.onnx'),
  /** Put before each text, by what the text is. */
  prefixes: z.strictObject({ query: z.string(), document: z.string() }),
  /** `none` for an output [B,D] that is one vector a text already; the others take [B,T,D]. */
  pooling: z.enum(['mean', 'cls', 'none']),
  /** Name of the ONNX output. */
  output: z.string().min(1),
  /** Longer texts are cut, special tokens included. */
  maxTokens: z.number().int().min(4).max(8_192),
  /** Number of tokens to which every text is padded; null pads to the longest of a call. */
  padTo: z.number().int().positive().nullable(),
  lowercase: z.boolean(),
});

/** How pictures become vectors; `preprocessor_config.json` says how they are resized and scaled. */
const pictures = z.strictObject({
  /** The ONNX file of the image side. */
  file: path,
  /** Name of the ONNX output [B,D]. */
  output: z.string().min(1),
  /**
   * Pictures are padded to squares on white and shrunk to so many pixels by averaging, as in training, before the folder's
   * processor sees them; where it is absent the processor does all.
   */
  square: z.int().min(16).max(1024).optional(),
});

const model = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and dashes'),
    kind: z.enum(['text', 'image', 'text-image', 'speech', 'reranker', 'fusion', 'translation', 'text-classifier']),
    set: z.enum(['starter', 'hub']),
    /** Vectors are compared within one space only; null for models that make none. */
    space: z.string().min(1).nullable(),
    dimensions: z.number().int().positive().nullable(),
    languages: z.union([z.literal('many'), z.array(z.string().min(2)).min(1)]),
    licence: z.string().min(1),
    /** Below the models folder; starter models only. */
    folder: path.optional(),
    /** `owner/name` on the hub; hub models only. */
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name')
      .optional(),
    /** A commit of 40 hexadecimal digits, or a branch that the first pull resolves and pins in its lock file. */
    revision: z.string().regex(/^[\w.-]+$/, 'must be a commit or a branch'),
    /** Not pulled unless it is named. */
    optional: z.boolean().default(false),
    files: z.array(file).min(1),
    encoding: encoding.nullable(),
    pictures: pictures.optional(),
    /** Metric → value with its split; `headline` is the one line of it that a table shows. */
    quality: z.record(z.string(), z.unknown()),
    /** The recipe that made it, below the models folder. */
    recipe: path.nullable(),
    /** What one should know before relying on it. */
    note: z.string().optional(),
  })
  .superRefine((entry, context) => {
    const demand = (fits: boolean, field: string, message: string): void => {
      if (!fits) context.addIssue({ code: 'custom', path: [field], message });
    };
    const pictured = entry.kind === 'image' || entry.kind === 'text-image';
    demand(pictured === (entry.pictures !== undefined), 'pictures', 'is needed for an image encoder, and only there');
    demand(
      entry.pictures === undefined || entry.files.some((each) => each.path === entry.pictures?.file),
      'pictures.file',
      'must be one of the files',
    );
    const paths = entry.files.map((each) => each.path);
    demand(new Set(paths).size === paths.length, 'files', 'must not name a path twice');
    if (entry.set === 'starter') {
      demand(entry.folder !== undefined, 'folder', 'is needed for a starter model');
      demand(
        entry.files.every((each) => each.sha256 !== null && each.bytes !== null),
        'files',
        'must have bytes and sha256 in a starter model',
      );
    } else demand(entry.repository !== undefined, 'repository', 'is needed for a hub model');
    if (entry.kind === 'text' || entry.kind === 'text-image') {
      demand(entry.encoding !== null, 'encoding', 'is needed for a text encoder');
      demand(entry.space !== null, 'space', 'is needed for a text encoder');
      demand(entry.dimensions !== null, 'dimensions', 'is needed for a text encoder');
      demand(
        entry.encoding === null || paths.includes(entry.encoding.file),
        'encoding.file',
        'must be one of the files',
      );
      const { padTo, maxTokens } = entry.encoding ?? { padTo: null, maxTokens: 0 };
      demand(padTo === null || padTo === maxTokens, 'encoding.padTo', 'must be null or equal to maxTokens');
    }
  });

const manifest = z.strictObject({ format: z.literal(1), models: z.array(z.unknown()) });

export type ModelEntry = z.output<typeof model>;
export type ModelFile = ModelEntry['files'][number];
export type TextEncoding = NonNullable<ModelEntry['encoding']>;
export type PictureEncoding = NonNullable<ModelEntry['pictures']>;

export const MANIFEST = 'manifest.json';

/**
 * Every model that there is, from `manifest.json` in the models folder. Throws MODEL_MANIFEST_INVALID, whose message
 * names the model and the field.
 */
export function readModelManifest(folder: string): readonly ModelEntry[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
  } catch (error) {
    throw invalid(`${MANIFEST} can't be read: ${messageOf(error)}`);
  }
  const whole = manifest.safeParse(read);
  if (!whole.success) throw invalid(`${MANIFEST}: ${firstIssue(whole.error)}`);
  const models = whole.data.models.map((entry, index) => {
    const parsed = model.safeParse(entry);
    if (parsed.success) return parsed.data;
    const id: unknown = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
    const name = typeof id === 'string' ? `"${id}"` : `number ${index + 1}`;
    throw invalid(`${MANIFEST}: model ${name}: ${firstIssue(parsed.error)}`);
  });
  const twice = models.find((entry, index) => models.findIndex(({ id }) => id === entry.id) < index);
  if (twice) throw invalid(`${MANIFEST}: model "${twice.id}": id: is there twice`);
  return models;
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'is not valid';
}

function invalid(message: string): VitrineError {
  return new VitrineError('MODEL_MANIFEST_INVALID', message);
}
