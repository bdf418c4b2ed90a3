// Settings of LanceDB's native part, which reads them from the environment when it is loaded; whoever sets one decides.
/** It logs to stderr; only its errors belong on a merchant's terminal. */
process.env.LANCEDB_LOG ??= 'error';
/**
 * Building the keyword index keeps one partition a shard in memory. Small ones keep a million rows within reach of what
 * a hundred thousand need ("npm run bench -- ingest"); MB.
 */
process.env.LANCE_FTS_PARTITION_SIZE ??= '32';
process.env.LANCE_FTS_NUM_SHARDS ??= '1';
process.env.LANCE_FTS_WRITE_QUEUE_SIZE ??= '2';
