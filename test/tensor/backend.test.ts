import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What a script says that runs in a process of its own, as backends belong to a process. */
function said(script: string): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** Makes packages fail to load, as where they were not installed. */
const without = (...names: string[]) => `
  const Module = require('node:module');
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    if (${JSON.stringify(names)}.includes(request)) throw Object.assign(new Error('absent'), { code: 'MODULE_NOT_FOUND' });
    return resolve.call(this, request, ...rest);
  };`;

const MULTIPLY = `
  const { tensorflow } = require('./dist/src/tensor');
  (async () => {
    const { tf, backend } = await tensorflow();
    const again = await tensorflow();
    const before = tf.memory().numTensors;
    const product = tf.tidy(() => Array.from(tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5], [6]])).dataSync()));
    console.log(JSON.stringify({
      backend, product, once: again.tf === tf, leaked: tf.memory().numTensors - before,
    }));
  })();`;

it('computes in WebAssembly where the native library is absent, silently, and is loaded once', () => {
  expect(said(`${without('@tensorflow/tfjs-node')}${MULTIPLY}`)).toEqual({
    backend: 'wasm',
    product: [17, 39],
    once: true,
    leaked: 0,
  });
});

it('computes in plain JavaScript where WebAssembly is absent, too', () => {
  const script = `${without('@tensorflow/tfjs-node', '@tensorflow/tfjs-backend-wasm')}${MULTIPLY}`;
  expect(said(script)).toMatchObject({ backend: 'cpu', product: [17, 39] });
});
