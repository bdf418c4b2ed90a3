export { type Backend, tensorflow } from './backend';
export { type IsolatedLimits, type IsolatedOptions, IsolatedWorker } from './isolated';
