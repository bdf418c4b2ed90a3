export { mainColors, PhotoDescriber, type PhotoVocabulary } from './describe-photo';
export { Assistant, type AssistantOptions, LOWEST_SHOWN } from './handle-turn';
export { StoredAndLinkedPhotos } from './photo-sources';
export { photoVector } from './photo-vector';
export { Photos } from './photos';
