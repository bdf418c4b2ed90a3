// LanceDB's native part logs to stderr from the moment it is loaded; only its errors belong on a merchant's terminal.
process.env.LANCEDB_LOG ??= 'error';
