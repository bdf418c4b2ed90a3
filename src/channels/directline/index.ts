export { createDirectLine, type DirectLine, type DirectLineOptions, type ShopperWatcher } from './directline';
