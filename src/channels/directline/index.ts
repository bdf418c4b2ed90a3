export { createDirectLine, type DirectLine, type DirectLineOptions } from './directline';
