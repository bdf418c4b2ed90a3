export { FileOrderStore } from './file';
export { HttpOrderStore, type HttpOrderStoreOptions } from './http';
