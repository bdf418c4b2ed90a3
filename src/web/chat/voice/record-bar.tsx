import { useEffect, useRef } from 'react';
import { CloseIcon, StopIcon } from '../icons';
import { fill, useSpeech } from '../texts';
import { clockTime } from './duration';
import { LevelMeter } from './level-meter';
import { LONGEST_SECONDS } from './recorder';
import { endsSoon } from './said';
import type { VoiceRecorder } from './use-recorder';

/** Stands in place of the text box while the shopper speaks: the time, how loud it is, cancel and stop. */
export function RecordBar({ recorder }: { readonly recorder: VoiceRecorder }) {
  const { texts, locale } = useSpeech();
  const { state, cancel, stop, level } = recorder;
  const { phase, seconds } = state;
  const cancelButton = useRef<HTMLButtonElement>(null);
  const stopButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (phase === 'asking') cancelButton.current?.focus();
    if (phase === 'recording') stopButton.current?.focus();
  }, [phase]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      cancel();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [cancel]);

  const times = { time: clockTime(seconds), most: clockTime(LONGEST_SECONDS) };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a flexible row everywhere.
    <div className="record-bar" role="group" aria-label={texts.recording}>
      <button
        ref={cancelButton}
        type="button"
        className="icon-button"
        aria-label={texts.recordCancel}
        title={texts.recordCancel}
        onClick={cancel}
      >
        <CloseIcon />
      </button>
      {phase === 'asking' ? (
        <p className="record-asking">{texts.recordAsking}</p>
      ) : (
        <>
          <span className={endsSoon(state) ? 'record-time record-soon' : 'record-time'}>
            <i className="record-dot" aria-hidden="true" />
            {fill(texts.recordTime, times, locale)}
          </span>
          <LevelMeter level={level} />
          <button
            ref={stopButton}
            type="button"
            className="send stop"
            aria-label={texts.recordStop}
            title={texts.recordStop}
            onClick={stop}
          >
            <StopIcon />
          </button>
        </>
      )}
    </div>
  );
}
