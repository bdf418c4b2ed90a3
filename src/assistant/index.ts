export { mainColors, PhotoDescriber, type PhotoVocabulary } from './describe-photo';
export { fuseVoice } from './fuse-voice';
export { Assistant, type AssistantOptions, LOWEST_SHOWN } from './handle-turn';
export { StoredAndLinkedMedia } from './media-sources';
export { photoVector } from './photo-vector';
export { Photos } from './photos';
export { VOICE_WEIGHTS } from './voice-weights';
export { MOST_VOICE_BYTES, Voices } from './voices';
