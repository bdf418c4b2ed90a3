/** An encoder that does what the text says: throw, hang, grow, exit, or give a vector of the text's length. */
exports.run = async ({ texts }) => {
  const [text] = texts;
  if (text.includes('throw')) throw new Error(`secret: ${text}`);
  if (text.includes('exit')) process.exit(3);
  while (text.includes('hang'));
  const kept = [];
  while (text.includes('grow')) kept.push(new Array(100_000).fill(text));
  return texts.map((each) => Float32Array.of(each.length, 1));
};
