export * from './flow';
export { type RememberedPhoto, type SentPhoto, type TurnPhoto, vectorFromText, vectorToText } from './photo';
export * from './state';
export { withStep } from './steps';
export type { RememberedVoice, TurnVoice } from './voice';
