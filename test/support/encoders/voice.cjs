/** A voice reader's module: throws for one byte, hangs for two, ends the thread for three, fills memory for four. */
exports.run = async ({ bytes }) => {
  if (bytes.length === 1) throw new Error('secret');
  while (bytes.length === 2);
  if (bytes.length === 3) process.exit(1);
  for (const held = []; bytes.length === 4; ) held.push({ held: [held.length] });
  const worn = bytes.length === 5;
  return { speech: { samples: new Float32Array(1), rate: 16_000, seconds: threads++ }, worn };
};
let threads = 0;
