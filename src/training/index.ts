export * from './evaluation';
export * from './fusion';
