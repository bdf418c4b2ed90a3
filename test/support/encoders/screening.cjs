/** A screener's module that throws for pictures one pixel wide, hangs for two, and refuses those of three. */
exports.run = async ({ width }) => {
  if (width === 1) throw new Error('secret');
  while (width === 2);
  return { Drawing: 0, Hentai: 0.1, Neutral: 0, Porn: 0.9, Sexy: 0 };
};
