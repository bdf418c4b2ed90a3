export { type LanguagePhrase, readLanguagePhrases } from './phrases';
export { type LanguageTrainingOptions, type TrainedLanguages, trainLanguages } from './train-languages';
