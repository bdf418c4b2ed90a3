export { type Basis, confidences, type Evidence, LEAST_CONFIDENCE, WEIGHTS, type Weights } from './confidence';
export { loadKnowledge } from './load';
export { MarkdownKnowledge, type MarkdownKnowledgeOptions } from './markdown-knowledge';
export { parseKnowledge } from './parse';
