export { LexiconAnalyzer } from './analyzer';
export { GrammarCommands } from './commands';
export { type CommandsFile, commandsSchema, loadCommands } from './commands-file';
export { loadComplements, TaxonomyComplements } from './complements';
export { cleanText, fold, hasCjk } from './fold';
export { LANGUAGE_BUCKETS, languageFeatures } from './language-features';
export { LANGUAGE_GROUPS, LanguageWeights, languageNotes, readLanguageWeights } from './language-weights';
export { type Concept, type Lexicon, type LexiconFile, type Lexicons, lexiconSchema, loadLexicons } from './lexicon';
export { languageName, MannerPatterns, mannersSchema } from './manners';
export {
  CLASSES,
  CLASSIFIER_KINDS,
  type ClassifierFolders,
  type ClassifierKind,
  NO_INTENT,
  ownClassifierFile,
  readClassifier,
  TrainedIntents,
  TrainedSentiment,
} from './message-classifiers';
export { LexiconParser, LONGEST_QUERY } from './parser';
export { photoWords } from './photo-words';
export { LexiconPhrases, LexiconVocabulary } from './phrases';
export { LexiconReferences } from './references';
export { ServicePatterns, serviceSchema } from './service';
export { LexiconTagger } from './tagger';
export { halvesOf, notesOf, softmax, specOf, TextClassifier, type TextClassifierSpec } from './text-classifier';
export { textFeatures } from './text-features';
export { WordFinder } from './word-finder';
