/** Feeds are read and sniffed in pieces of this size. */
export const PIECE_BYTES = 64 * 1024;
/** Characters in one record: a row, a line, an item. */
export const MOST_RECORD = 1024 * 1024;
/** Products out of one record or one Shopify handle. */
export const MOST_VARIANTS = 2_500;
/** Characters of all the lines that share one Shopify handle. */
export const MOST_HANDLE = 4 * MOST_RECORD;
/** Elements inside elements. */
export const MOST_DEPTH = 64;

export const MOST_ID = 200;
export const MOST_TITLE = 500;
export const MOST_DESCRIPTION = 10_000;
/** Brand, colour, category and the like. */
export const MOST_SHORT = 750;
export const MOST_LINK = 2_048;
export const MOST_REVIEW = 2_000;
export const MOST_IMAGES = 20;
export const MOST_REVIEWS = 50;
export const MOST_LANGUAGES = 20;

/** A compressed feed may grow by this factor … */
export const MOST_EXPANSION = 200;
/** … and in any case to this size. */
export const FREE_EXPANSION_BYTES = 50 * 1024 * 1024;
