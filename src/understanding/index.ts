export { LexiconAnalyzer } from './analyzer';
export { loadComplements, TaxonomyComplements } from './complements';
export { cleanText, fold } from './fold';
export { type Concept, type Lexicon, type LexiconFile, type Lexicons, lexiconSchema, loadLexicons } from './lexicon';
export { LexiconParser, LONGEST_QUERY } from './parser';
export { photoWords } from './photo-words';
export { LexiconPhrases, LexiconVocabulary } from './phrases';
export { LexiconTagger } from './tagger';
export { WordFinder } from './word-finder';
