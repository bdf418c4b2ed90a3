import { useDesk } from '../desk-context';
import { TranslateIcon } from '../parts/icons';
import { languageName } from '../parts/names';
import { useWords } from '../texts';

interface TranslateSwitchProps {
  /** The shopper's. */
  readonly language: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Whether the shopper reads a translation of what the agent writes; only where the shop has a translator and it is of use. */
export function TranslateSwitch({ language, on, onChange }: TranslateSwitchProps) {
  const { settings } = useDesk();
  const words = useWords();
  if (!settings.translation || language === words.language) return null;
  const label = words.say('translateInto', { language: languageName(language, words.locale) });
  return (
    <button type="button" className="note-switch" aria-pressed={on} title={label} onClick={() => onChange(!on)}>
      <TranslateIcon />
      <span>{label}</span>
    </button>
  );
}
