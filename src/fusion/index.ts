export * from './attribute-vectors';
export * from './lazy';
export * from './networks';
export * from './shapes';
export * from './store';
export * from './sum';
export * from './tokens';
export * from './trained';
