import { hooks } from 'botframework-webchat-api';
import { useEffect, useState } from 'react';
import { codeInLink } from './pairing';

const { useConnectivityStatus, useSendMessage } = hooks;

/** Says the code of a pairing link in the chat; the bot asks before anything is shared. */
export function JoinByLink() {
  const [status] = useConnectivityStatus();
  const sendMessage = useSendMessage();
  const [hash, setHash] = useState(location.hash);
  // The link may be opened where the page is open already.
  useEffect(() => {
    const look = () => setHash(location.hash);
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  // Web Chat drops what is sent before it is connected.
  const connected = status === 'connected' || status === 'reconnected';
  useEffect(() => {
    const code = codeInLink(hash);
    if (!connected || code === undefined) return;
    // It is used once, and stays neither in the address nor in the history.
    history.replaceState(null, '', location.pathname + location.search);
    setHash('');
    sendMessage(code);
  }, [connected, hash, sendMessage]);
  return null;
}
