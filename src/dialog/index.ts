export * from './flow';
export type { CodeCheck, PairingQuestion, TurnPairing } from './pairing';
export { type RememberedPhoto, type TurnPhoto, vectorFromText, vectorToText } from './photo';
export { withStep } from './steps';
export type { RememberedVoice, TurnVoice } from './voice';
