export { alertNotice } from './alert';
export { answersTo } from './ask';
export { type CardTools, cardOf } from './card';
export { chips } from './chips';
export { formatMoney, formatNumber, Translator } from './i18n';
export { pairingReply } from './pairing';
export { noticeReply } from './person';
export { agentCards, type RenderTools, renderReply } from './render';
export { topicOf, understoodIn } from './understood';
