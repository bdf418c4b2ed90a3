import type { Flow } from '../src/dialog';
import type { DialogOutcome, PhraseIntent } from '../src/domain';

const OUTCOMES = {
  greeting: 'greeting',
  help: 'help',
  thanks: 'thanks',
  goodbye: 'goodbye',
} as const satisfies Partial<Record<PhraseIntent, DialogOutcome['kind']>>;

/** Opening, greeting, help, thanks, goodbye, and messages without words. */
export const smallTalk: Flow = {
  id: 'small-talk',
  handles: ({ message, intent }) =>
    message.kind === 'opened' || message.text.trim() === '' || (intent !== undefined && intent in OUTCOMES),
  run: async ({ message, intent, language, state }) => {
    const kind = ((): DialogOutcome['kind'] => {
      if (message.kind === 'opened') return 'greeting';
      if (message.text.trim() === '') return message.hasAttachments ? 'attachment' : 'empty';
      return OUTCOMES[intent as keyof typeof OUTCOMES];
    })();
    return { outcome: { kind, language } as DialogOutcome, state: { ...state, language } };
  },
};
