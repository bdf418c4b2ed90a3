import { field } from './hearts';

/** How often the bot said that it remembers the shopper from now on, or no longer. */
export function consentChanges(activities: readonly object[]): number {
  const says = (activity: object) =>
    field(field(activity, 'from'), 'role') !== 'user' &&
    typeof field(field(field(activity, 'channelData'), 'vitrine'), 'remembers') === 'boolean';
  return activities.filter(says).length;
}
