export * from './assistant-port';
export { type Channels, type ChannelsOptions, createChannels } from './channels';
export { isRecord, LOCAL } from './directline/activity';
export { describeError, type ErrorBody, jsonBody, jsonErrors } from './directline/http';
export { receiveFiles } from './directline/multipart';
export { attachmentPath } from './directline/uploads';
export { type HubOptions, HubOutboxLine } from './hub';
export type { TurnReport } from './turns';
