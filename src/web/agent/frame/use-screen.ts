import { useCallback, useEffect, useState } from 'react';

export type Screen = 'talks' | 'supervisor';

/** Which screen is shown; the address remembers it, for who may see both. */
export function useScreen(supervises: boolean): readonly [Screen, (screen: Screen) => void] {
  const read = useCallback(
    (): Screen => (supervises && location.hash === '#overview' ? 'supervisor' : 'talks'),
    [supervises],
  );
  const [screen, setScreen] = useState(read);
  useEffect(() => {
    const look = () => setScreen(read());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, [read]);
  const choose = useCallback((next: Screen) => {
    const hash = next === 'supervisor' ? '#overview' : '';
    if (location.hash !== hash) history.pushState(null, '', location.pathname + hash);
    setScreen(next);
  }, []);
  return [screen, choose];
}
