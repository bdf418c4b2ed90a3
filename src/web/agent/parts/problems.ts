import type { Refusal } from '../api/request';
import type { TextKey } from '../texts';

/** Why something was not done to a ticket. */
export function problemOf({ status, code }: Refusal): TextKey {
  if (status === 0) return 'notReached';
  if (code === 'CONFLICT' || status === 409) return 'changedMeanwhile';
  return status === 403 ? 'notAllowed' : 'didNotWork';
}
