import type { ConversationState, FlowResult } from './flow';
import type { Courtesy } from './habits';

/** The state with one more answer of a kind counted, and how many there were before. */
export function countedAnswer(
  state: ConversationState,
  kind: string,
): { readonly state: ConversationState; readonly before: number } {
  const { courtesy = {} } = state;
  const before = courtesy.said?.[kind] ?? 0;
  return { before, state: { ...state, courtesy: { ...courtesy, said: { ...courtesy.said, [kind]: before + 1 } } } };
}

/** The result with what it means for manners noted: that it served, and that nobody was insulted. */
export function withCourtesy(result: FlowResult, now: number): FlowResult {
  const { outcome, state } = result;
  const { insults, servedAt, ...rest } = state.courtesy ?? {};
  const isServed = outcome.kind === 'answer' || outcome.kind === 'orderFound';
  const isOther = outcome.kind === 'results' || outcome.kind === 'startOver' || outcome.kind === 'forgotten';
  const served = isServed ? now : isOther ? undefined : servedAt;
  const isInsulted = outcome.kind === 'manners' && outcome.say === 'abuse';
  const courtesy: Courtesy = {
    ...rest,
    ...(served !== undefined && { servedAt: served }),
    ...(isInsulted && insults !== undefined && { insults }),
  };
  const { courtesy: _courtesy, ...others } = state;
  return { ...result, state: { ...others, ...(Object.keys(courtesy).length > 0 && { courtesy }) } };
}
