import type { Reply, Suggestion, VoiceSaid } from '../domain';
import type { CardTools } from './card';

/** Longest title of a suggestion, in characters; longer ones are cut, what they send is not. */
const MOST_TITLE = 60;

/** The reply, beginning with what was heard in the shopper's voice notes and what became of those that were not. */
export function withVoice(
  reply: Reply,
  { heard, doubtful, fault }: VoiceSaid,
  { translator }: Pick<CardTools, 'translator'>,
): Reply {
  const say = (key: string, text?: string) => translator.text(reply.language, key, { text });
  const lines = [
    ...(heard ? [say(heard.sure ? 'heard.sure' : 'heard.unsure', heard.text)] : []),
    ...(doubtful === undefined ? [] : [say('heard.doubtful', doubtful)]),
    ...(fault ? [say(`voiceFault.${fault}`)] : []),
  ];
  const asked = doubtful === undefined ? [] : [suggestion(doubtful)];
  // Nothing but a question: examples beside it would be answers to another one.
  const others = doubtful !== undefined && reply.text === '' ? [] : reply.suggestions;
  return {
    ...reply,
    text: [...lines, reply.text].filter((line) => line !== '').join('\n'),
    suggestions: [...asked, ...others],
    ...(heard && { heard }),
    ...(doubtful !== undefined && { heard: { text: doubtful, sure: false } }),
  };
}

/** One tap says it after all. */
function suggestion(text: string): Suggestion {
  const characters = [...text];
  const title = characters.length > MOST_TITLE ? `${characters.slice(0, MOST_TITLE - 1).join('')}…` : text;
  return { title, value: text };
}
