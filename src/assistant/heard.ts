import type { TurnVoice } from '../dialog';
import type { IncomingMessage, VoiceSaid } from '../domain';

/** The message with what was heard after what was typed: both are its words. */
export function withHeard(message: IncomingMessage, voice: TurnVoice | undefined): IncomingMessage {
  if (voice?.kind !== 'heard') return message;
  return { ...message, text: [message.text.trim(), voice.text].filter(Boolean).join('\n') };
}

/** What an answer says of the voice notes before it. */
export function voiceSaid(voice: TurnVoice | undefined): VoiceSaid | undefined {
  if (voice === undefined) return undefined;
  if (voice.kind === 'failed') return { fault: voice.fault };
  if (voice.kind === 'doubtful') return { doubtful: voice.text };
  return { heard: { text: voice.text, sure: voice.sure }, ...(voice.fault && { fault: voice.fault }) };
}
