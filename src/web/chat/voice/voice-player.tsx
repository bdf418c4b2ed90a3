import { useCallback, useState } from 'react';
import { PauseIcon, PlayIcon } from '../icons';
import { fill, useSpeech } from '../texts';
import { clockTime, spokenTime } from './duration';
import { usePlayback } from './use-playback';
import { VoiceMissing } from './voice-missing';

interface VoicePlayerProps {
  readonly url: string;
  /** Its length, where that is known. */
  readonly seconds?: number | undefined;
}

/** A small player of a recording, for the keyboard and for screen readers too. */
export function VoicePlayer({ url, seconds }: VoicePlayerProps) {
  const { texts, locale } = useSpeech();
  const [failed, setFailed] = useState<string>();
  const onFail = useCallback(() => setFailed(url), [url]);
  const { element, playing, at, length, toggle, seek } = usePlayback(url, seconds, onFail);
  if (failed === url) return <VoiceMissing url={url} />;
  const label = playing ? texts.pause : texts.play;
  const spoken = { at: spokenTime(at, locale), length: spokenTime(length ?? 0, locale) };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a flexible row everywhere.
    <div className="player" role="group" aria-label={texts.voiceNote}>
      {/* biome-ignore lint/a11y/useMediaCaption: a shopper's own voice note has no captions. */}
      <audio ref={element} src={url} preload="metadata" />
      <button type="button" className="player-button" aria-label={label} title={label} onClick={toggle}>
        {playing ? <PauseIcon /> : <PlayIcon />}
      </button>
      <input
        type="range"
        className="player-position"
        min={0}
        max={length ?? 1}
        step="any"
        value={Math.min(at, length ?? 1)}
        disabled={length === undefined}
        aria-label={texts.playPosition}
        aria-valuetext={fill(texts.playTime, spoken, locale)}
        style={{ '--done': `${length ? Math.min(100, (at / length) * 100) : 0}%` } as Record<string, string>}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="player-time" aria-hidden="true">
        {clockTime(playing || at > 0 ? at : (length ?? 0))}
      </span>
    </div>
  );
}
