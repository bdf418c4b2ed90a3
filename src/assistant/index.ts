export { Assistant, type AssistantOptions, LOWEST_SHOWN } from './handle-turn';
