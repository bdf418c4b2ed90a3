export { Assistant, type AssistantOptions, LOWEST_SHOWN } from './handle-turn';
export { type PhotoTools, photoVector } from './photo-vector';
