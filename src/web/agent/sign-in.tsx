import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Session, SignInResult } from './session';
import { useWords } from './texts';

interface SignInProps {
  readonly session: Session;
  /** True when a session has run out while somebody worked. */
  readonly expired: boolean;
}

/** Name, password and, for agents who have one, the code of their authenticator. */
export function SignIn({ session, expired }: SignInProps) {
  const { texts, say } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<SignInResult>();
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asksCode) codeField.current?.focus();
  }, [asksCode]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setResult(undefined);
    const outcome = await session.signIn({ name: name.trim(), password, ...(code !== '' && { code: code.trim() }) });
    setBusy(false);
    setResult(outcome);
    if (outcome === 'codeNeeded') setAsksCode(true);
    // A code is good for once.
    setCode('');
  };
  const problem = (): string => {
    if (result === undefined || result === 'done') return '';
    if (result === 'codeNeeded') return texts.codeNeeded;
    if (result === 'wrong') return asksCode ? texts.signInWrongCode : texts.signInWrong;
    if (result === 'offline') return texts.serverAway;
    return say('signInThrottled', { minutes: Math.max(1, Math.ceil(result.waitSeconds / 60)) });
  };

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={(event) => void submit(event)}>
        <img src="/icon.svg" alt="" width="52" height="52" />
        <h1>{texts.title}</h1>
        <p className="sign-in-lead">{texts.signInLead}</p>
        {expired && result === undefined && <p className="hint">{texts.sessionEnded}</p>}
        <label className="field">
          <span>{texts.agentName}</span>
          <input
            value={name}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{texts.password}</span>
          <input
            type="password"
            value={password}
            autoComplete="current-password"
            required
            maxLength={1024}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {asksCode && (
          <label className="field">
            <span>{texts.code}</span>
            <input
              ref={codeField}
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              maxLength={10}
              onChange={(event) => setCode(event.target.value)}
            />
          </label>
        )}
        <p className={result === 'codeNeeded' ? 'hint' : 'problem'} role="alert">
          {problem()}
        </p>
        <button type="submit" className="primary" aria-disabled={busy}>
          {busy ? texts.signingIn : texts.signIn}
        </button>
      </form>
    </main>
  );
}
