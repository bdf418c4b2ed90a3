export { type HubOptions, HubOutboxLine } from './line';
