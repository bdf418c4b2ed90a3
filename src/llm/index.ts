export { ChatModel, type ChatModelOptions, completionsUrl } from './chat-model';
export { checkPhrasing } from './check-phrasing';
export { ModelPhraser, phrasingSchema } from './phrase-answer';
export { ModelQueryReader } from './read-query';
