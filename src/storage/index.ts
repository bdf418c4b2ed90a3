export * from './attachments';
export * from './conversations';
export * from './database';
export * from './lock';
export * from './pictures';
export * from './products';
export * from './turns';
export * from './vectors';
