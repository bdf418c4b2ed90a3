/** Shoppers' baskets, and where the variants of an item are found. */
export const BASKET_TABLES = `
  CREATE TABLE basket_lines (
    channel TEXT NOT NULL, user_id TEXT NOT NULL, product_id TEXT NOT NULL, quantity INTEGER NOT NULL,
    position INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (channel, user_id, product_id)
  ) WITHOUT ROWID;
  CREATE INDEX basket_lines_at ON basket_lines (at);
  CREATE INDEX products_group ON products (json_extract(json, '$.itemGroupId'), id)
    WHERE json_extract(json, '$.itemGroupId') IS NOT NULL;
`;
