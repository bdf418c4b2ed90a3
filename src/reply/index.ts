export { type CardTools, cardOf } from './card';
export { formatMoney, formatNumber, Translator } from './i18n';
export { type RenderTools, renderReply } from './render';
