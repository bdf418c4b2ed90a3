export { formatMoney, formatNumber, Translator } from './i18n';
export { type RenderTools, renderReply } from './render';
