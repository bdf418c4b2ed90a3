import { useEffect, useState } from 'react';
import { keep, recall } from './storage';

const KEY = 'vitrine.theme';
/** What a phone's browser paints around the page; the header's colours of styles/base.css. */
const CHROME = { light: '#ffffff', dark: '#1a2022' };
const system = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark: the system's wish until the shopper chooses; the choice is remembered. */
export function useTheme(): { readonly dark: boolean; readonly toggle: () => void } {
  const [chosen, setChosen] = useState(() => recall('local', KEY));
  const [systemDark, setSystemDark] = useState(system.matches);
  useEffect(() => {
    const listen = () => setSystemDark(system.matches);
    system.addEventListener('change', listen);
    return () => system.removeEventListener('change', listen);
  }, []);
  const dark = chosen === undefined ? systemDark : chosen === 'dark';
  useEffect(() => paint(dark), [dark]);
  const toggle = () => {
    const next = dark ? 'light' : 'dark';
    keep('local', KEY, next);
    setChosen(next);
  };
  return { dark, toggle };
}

/** Shows the theme that is known before React runs, so that the page does not flash. */
export function paintEarly(): void {
  const chosen = recall('local', KEY);
  paint(chosen === undefined ? system.matches : chosen === 'dark');
}

function paint(dark: boolean): void {
  const theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', CHROME[theme]);
}
