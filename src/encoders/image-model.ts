import { AutoImageProcessor, RawImage } from '@huggingface/transformers';
import { type DecodedPicture, VitrineError } from '../domain';
import type { PictureEncoding } from './manifest';
import { openChecked, openGraph } from './open-graph';
import { poolVectors } from './pooling';
import { squared } from './squared';
import type { PinnedFile } from './verify';

const NO_TOKENS = new BigInt64Array();

/** What is needed to load an image encoder; plain data, so that it can be handed to a worker. */
export interface ImageModelSpec {
  readonly id: string;
  readonly dimensions: number;
  readonly pictures: PictureEncoding;
  /** All files are checked against these before any of them is used. */
  readonly files: readonly PinnedFile[];
  /** Threads of one run. */
  readonly threads: number;
}

/** A loaded image encoder. */
export interface ImageModel {
  /** One vector of length 1 and `dimensions` numbers a picture, in order. */
  encode(pictures: readonly DecodedPicture[]): Promise<Float32Array[]>;
  /** Frees the session; the model can't be used afterwards. */
  dispose(): Promise<void>;
}

/**
 * Loads an image encoder from a folder in Hugging Face layout (`config.json`, `preprocessor_config.json`, ONNX), on the CPU
 * and without any network: resizing, scaling and normalising are those that the folder says. Every file is checked first:
 * see `openChecked` for what it throws.
 */
export function loadImageModel(folder: string, spec: ImageModelSpec): Promise<ImageModel> {
  return openChecked(folder, spec, (absolute) => open(absolute, spec));
}

async function open(folder: string, { id, dimensions, pictures, threads }: ImageModelSpec): Promise<ImageModel> {
  const processor = await AutoImageProcessor.from_pretrained(folder, { local_files_only: true });
  const graph = await openGraph(folder, pictures.file, threads);
  return {
    async encode(decoded) {
      if (decoded.length === 0) return [];
      const shaped =
        pictures.square === undefined ? decoded : decoded.map((each) => squared(each, pictures.square ?? 0));
      const images = shaped.map(({ data, width, height }) => new RawImage(data, width, height, 3));
      const { pixel_values } = (await processor(images)) as { pixel_values: unknown };
      const outputs = await graph.run({ pixel_values });
      const output = outputs[pictures.output];
      if (!output) throw new VitrineError('MODEL_CORRUPT', `${id} has no output "${pictures.output}".`);
      return poolVectors(output, 'none', { rows: decoded.length, width: 1, mask: NO_TOKENS }, dimensions);
    },
    dispose: () => graph.dispose(),
  };
}
