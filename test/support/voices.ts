import type { Heard, Language, Speech, SpeechRecogniser, VoiceReader } from '../../src/domain';

/** What becomes of a note: what is heard in it, or what reading or hearing it throws. */
export interface ScriptedNote {
  readonly heard?: Heard;
  readonly unreadable?: Error;
  readonly unheard?: Error;
  /** Hearing waits for it. */
  readonly until?: Promise<unknown>;
}

/** Notes that say what they were told to; bytes that were not made by `note` throw. Records what recognisers were given. */
export class ScriptedVoices {
  private readonly notes: ScriptedNote[] = [];
  readonly languages: (Language | undefined)[] = [];
  readonly words: (readonly string[])[] = [];
  heard = 0;
  /** Notes that are being heard, and the most that were at once. */
  running = 0;
  most = 0;

  /** The bytes of a WAV file, as far as sniffing goes. */
  note(script: ScriptedNote): Buffer {
    this.notes.push(script);
    const bytes = Buffer.alloc(64);
    bytes.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
    bytes.writeUInt32LE(this.notes.length - 1, 32);
    return bytes;
  }

  /** A note in which a text is heard. */
  saying(text: string, confidence = 0.9, more: Partial<Heard> = {}): Buffer {
    return this.note({ heard: { text, confidence, ...more } });
  }

  readonly reader: VoiceReader = {
    read: async (bytes) => {
      const index = bytes.length === 64 ? bytes.readUInt32LE(32) : -1;
      const note = this.notes[index];
      if (!note) throw new Error('nobody said what this note is');
      if (note.unreadable) throw note.unreadable;
      return { samples: Float32Array.of(index), rate: 16_000, seconds: 2 };
    },
  };

  recogniser(space?: string, id = 'scripted@1'): SpeechRecogniser {
    return {
      id,
      space,
      recognise: async (speech: Speech, { language, words }) => {
        const note = this.notes[speech.samples[0] ?? -1];
        if (!note) throw new Error('nobody said what this note is');
        this.heard += 1;
        this.languages.push(language);
        this.words.push(words ?? []);
        this.running += 1;
        this.most = Math.max(this.most, this.running);
        await note.until;
        this.running -= 1;
        if (note.unheard) throw note.unheard;
        if (!note.heard) throw new Error('nobody said what is heard in this note');
        return note.heard;
      },
      close: async () => undefined,
    };
  }
}
