/** An encoder that counts how often it was loaded; loading fails or hangs as `data` says. */
let loads = 0;
exports.load = async ({ failures = 0, slow = 0 }) => {
  loads += 1;
  await new Promise((resolve) => setTimeout(resolve, slow));
  if (loads <= failures) throw Object.assign(new Error(`no weights at load ${loads}`), { code: 'MODEL_MISSING' });
};
exports.run = async ({ texts }) => texts.map(() => Float32Array.of(loads, 0));
