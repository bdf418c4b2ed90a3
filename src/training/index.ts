export * from './evaluation';
export * from './fusion';
export * from './report';
export * from './text';
