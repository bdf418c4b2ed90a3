export { type IsolatedOptions, IsolatedTextEncoder } from './isolated';
