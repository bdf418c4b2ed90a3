export * from './flow';
export { openIn, withChoices, withOpen } from './open-questions';
export { type RememberedPhoto, type TurnPhoto, vectorFromText, vectorToText } from './photo';
export { withStep } from './steps';
export { migrateState, storedState } from './stored-state';
export type { RememberedVoice, TurnVoice } from './voice';
