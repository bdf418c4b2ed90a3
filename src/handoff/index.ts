export { Handoff, type HandoffOptions } from './handoff';
export type { OpeningHours } from './hours';
export { HUB_AGENT, type HubSide } from './hub-side';
export { calledBy, GIVES_UP_AFTER, MOODS, type PolicySettings } from './policy';
export { shownProduct } from './send';
export type { HandoffSettings } from './settings';
export type { ShopperSide, TurnLeft } from './shopper-side';
