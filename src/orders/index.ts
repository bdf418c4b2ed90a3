export { FileOrderStore } from './file';
export { HttpOrderStore, type HttpOrderStoreOptions } from './http';
export { PurchasingWebhook } from './purchasing';
