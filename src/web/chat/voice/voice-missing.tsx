import { useEffect, useState } from 'react';
import { SoundIcon } from '../icons';
import { useSpeech } from '../texts';

/** In place of a player: the recording is gone from the server, or this browser doesn't know its format. */
export function VoiceMissing({ url }: { readonly url: string }) {
  const { texts } = useSpeech();
  const [gone, setGone] = useState<boolean>();
  useEffect(() => {
    let wanted = true;
    fetch(url, { method: 'HEAD' }).then(
      ({ status }) => wanted && setGone(status === 404 || status === 410),
      () => wanted && setGone(false),
    );
    return () => {
      wanted = false;
    };
  }, [url]);
  return (
    <p className="file voice-missing">
      <SoundIcon />
      {gone === undefined ? texts.voiceNote : gone ? texts.voiceGone : texts.voiceUnplayable}
    </p>
  );
}
