import { useEffect } from 'react';
import { type Connection, settleShopper } from './connection';
import { consentChanges } from './remembered';

/** Tells the server to keep, or to take away, what this browser is recognised by whenever a shopper's consent changes. */
export function useRemembered(connection: Connection, activities: readonly object[]): void {
  const changes = consentChanges(activities);
  useEffect(() => {
    if (changes > 0) void settleShopper(connection);
  }, [connection, changes]);
}
