export * from './flow';
export {
  lastPhoto,
  type RememberedPhoto,
  type SentPhoto,
  type TurnPhoto,
  vectorFromText,
  vectorToText,
  withPhoto,
} from './photo';
export * from './state';
export { withStep } from './steps';
export type { RememberedVoice, TurnVoice } from './voice';
