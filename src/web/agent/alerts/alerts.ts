import { keep, recall } from '../../chat/storage';
import type { Notice } from '../desk/notices';
import type { Texts } from '../texts';
import { allowSound, chime } from './chime';

const KEY = 'vitrine.agent.alerts';
/** Characters of a message that are shown outside of the page. */
const PREVIEW = 120;

export interface AlertSettings {
  readonly sound: boolean;
  /** Notifications of the desktop, while the page is not looked at. */
  readonly desktop: boolean;
}

/** Sounds and notifications, as the agent wants them. */
export class Alerts {
  private settings: AlertSettings;
  private last: Notice | undefined;
  private readonly listeners = new Set<() => void>();
  /** What a click on a notification does. */
  onOpen: (ticketId: string) => void = () => undefined;
  texts: Texts | undefined;

  constructor() {
    this.settings = recallSettings();
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, allowSound);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): AlertSettings => this.settings;

  /** The newest notice, for screen readers. */
  readonly latest = (): Notice | undefined => this.last;

  /** Switches sound on or off; a sample is heard. */
  setSound(sound: boolean): void {
    this.change({ sound });
    if (sound) chime('newMessage');
  }

  /** Switches notifications on or off. Asks the browser first: false when it says no. */
  async setDesktop(desktop: boolean): Promise<boolean> {
    const allowed = !desktop || (canNotify() && (await Notification.requestPermission()) === 'granted');
    if (allowed) this.change({ desktop });
    return allowed;
  }

  /** The server's wish, for agents who have never chosen. */
  suggestSound(sound: boolean): void {
    if (recall('local', KEY) === undefined) this.settings = { ...this.settings, sound };
  }

  readonly notify = (notice: Notice): void => {
    this.last = notice;
    this.tell();
    const { kind, ticketId, preview } = notice;
    if (this.settings.sound) chime(kind);
    const wanted = this.settings.desktop && (document.hidden || !document.hasFocus());
    if (!wanted || this.texts === undefined || !canNotify() || Notification.permission !== 'granted') return;
    const title = this.texts[kind];
    try {
      const notification = new Notification(title, { body: preview.slice(0, PREVIEW), tag: ticketId });
      notification.onclick = () => {
        window.focus();
        notification.close();
        this.onOpen(ticketId);
      };
    } catch {
      // Phones have notifications of service workers only.
    }
  };

  private change(change: Partial<AlertSettings>): void {
    this.settings = { ...this.settings, ...change };
    keep('local', KEY, JSON.stringify(this.settings));
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function canNotify(): boolean {
  return 'Notification' in window;
}

function recallSettings(): AlertSettings {
  const usual: AlertSettings = { sound: true, desktop: false };
  try {
    return { ...usual, ...(JSON.parse(recall('local', KEY) ?? '{}') as Partial<AlertSettings>) };
  } catch {
    return usual;
  }
}
