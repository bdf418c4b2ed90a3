export { type IsolatedLimits, type IsolatedOptions, IsolatedWorker } from './isolated';
