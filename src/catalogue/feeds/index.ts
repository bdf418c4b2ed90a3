export { detectFormat } from './detect';
export { readFeed } from './read';
export type { FeedFormat, FeedRow, FieldIssue, ReadFeedOptions } from './types';
