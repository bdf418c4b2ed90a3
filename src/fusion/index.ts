export * from './attribute-vectors';
export * from './networks';
export * from './shapes';
export * from './sum';
export * from './tokens';
export * from './trained';
