export * from './assistant-port';
export { type Bot, type BotOptions, createBot } from './bot';
export { createDirectLine, type DirectLine, type DirectLineOptions } from './directline';
export { isRecord } from './directline/activity';
export { describeError, type ErrorBody, jsonBody, jsonErrors } from './directline/http';
