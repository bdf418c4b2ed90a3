export * from './courtesy';
export * from './flow';
export type { Courtesy, Speaking } from './habits';
export type { CodeCheck, PairingQuestion, TurnPairing } from './pairing';
export { type RememberedPhoto, type SentPhoto, type TurnPhoto, vectorFromText, vectorToText } from './photo';
export * from './speaking';
export * from './state';
export { withStep } from './steps';
export type { RememberedVoice, TurnVoice } from './voice';
