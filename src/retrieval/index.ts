import './native-settings';

export { documentOf, type IndexDocument } from './document';
export { LanceProductIndexer, makersOf } from './indexer';
export { type IndexMakers, readManifest } from './manifest';
export { FILTER_NAMES } from './match';
export { countIndexedPictures } from './picture-table';
export { PictureVectors } from './picture-vectors';
export { DEFAULT_WEIGHTS, type RankWeights } from './rank-weights';
export { LanceRetriever, type RetrieverOptions } from './retriever';
export { ProductTable } from './table';
export { DocumentVectors } from './vectors';
