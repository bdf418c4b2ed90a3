import { dirname } from 'node:path';
import type * as Tf from '@tensorflow/tfjs';

/** The module, and its tensors. */
export type TensorFlow = typeof Tf;
export type Tensor = Tf.Tensor;

/** How TensorFlow.js computes here. */
export type Backend = 'tensorflow' | 'wasm' | 'cpu';

let flight: Promise<{ tf: TensorFlow; backend: Backend }> | undefined;

/**
 * TensorFlow.js on the fastest backend there is: `@tensorflow/tfjs-node` where the merchant installed it, else WebAssembly,
 * else plain JavaScript. Loaded at the first call, and once; a failed start is forgotten, so that the next call tries anew.
 */
export function tensorflow(): Promise<{ tf: TensorFlow; backend: Backend }> {
  flight ??= start().catch((error: unknown) => {
    flight = undefined;
    throw error;
  });
  return flight;
}

async function start(): Promise<{ tf: TensorFlow; backend: Backend }> {
  // Both greet on the console, one of them with an advertisement for the other.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const tf = require('@tensorflow/tfjs-core') as TensorFlow;
  tf.env().set('PROD', true);
  const backend = withNative() ?? ((await withWasm(tf)) ? 'wasm' : 'cpu');
  const whole = require('@tensorflow/tfjs') as TensorFlow;
  await whole.setBackend(backend);
  await whole.ready();
  return { tf: whole, backend };
}

function withNative(): 'tensorflow' | undefined {
  try {
    require('@tensorflow/tfjs-node');
    return 'tensorflow';
  } catch {
    return undefined;
  }
}

async function withWasm(tf: TensorFlow): Promise<boolean> {
  try {
    const name = '@tensorflow/tfjs-backend-wasm';
    const wasm = require(name) as { setWasmPaths(prefix: string): void };
    wasm.setWasmPaths(`${dirname(require.resolve(name))}/`);
    return await tf.setBackend('wasm');
  } catch {
    return false;
  }
}
