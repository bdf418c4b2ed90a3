export * from './evaluation';
export * from './fusion';
export * from './language';
export * from './report';
export * from './text';
