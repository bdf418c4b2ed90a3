export { Delivery } from './delivery';
export { type Acceptance, type NewMessage, TurnRunner } from './runner';
export { runTurn, type TurnReport } from './turn';
