export { meetsGoal, type SlotState, slotsOf } from './item';
export { MISSES, type Miss, MOST_TURNS, type PlayedDialog, type PlayedTurn, playDialog } from './play';
export type { DialogSession, DialogShop, DialogTruth, ShopperMessage } from './port';
export {
  DIALOG_KINDS,
  DIALOG_SETS,
  type DialogKind,
  type DialogScript,
  type DialogSet,
  type GoalItem,
  readDialogs,
} from './script';
export { ScriptedShopper } from './shopper';
export { type DialogFigures, type DialogReport, reportDialogs } from './summary';
export { dialogNotes, FIGURES, formatDialogs, missesText } from './text';
export { answers, toldIn } from './topics';
