import { stopReading } from '../aloud/reader';

/** What is heard now. */
let heard: HTMLAudioElement | undefined;

/** Makes a player the only one that is heard. */
export function soundOnly(player: HTMLAudioElement): void {
  if (heard !== player) hush();
  heard = player;
}

/** Makes everything silent: nobody wants to be talked over. */
export function hush(): void {
  heard?.pause();
  heard = undefined;
  stopReading();
}
