import { useDeskState } from '../desk-context';
import { useWords } from '../texts';

interface AgentChoiceProps {
  /** An agent's id; empty for everybody. */
  readonly chosen: string;
  readonly onChoose: (agentId: string) => void;
  /** Who has it already. */
  readonly without: string | undefined;
  /** May it go back to all? */
  readonly everybody?: boolean;
}

/** Who of the agents gets a conversation: those who take some, with what they have. */
export function AgentChoice({ chosen, onChoose, without, everybody = false }: AgentChoiceProps) {
  const { agents } = useDeskState();
  const { texts, say } = useWords();
  const able = agents.filter(({ id, status }) => id !== without && status !== 'offline');
  const option = (id: string, name: string, hint: string) => (
    <label key={id} className="choice">
      <input type="radio" name="agent" value={id} checked={chosen === id} onChange={() => onChoose(id)} />
      <span>{name}</span>
      <span className="quiet">{hint}</span>
    </label>
  );
  return (
    <fieldset className="choices">
      <legend>{texts.toWhom}</legend>
      {everybody && option('', texts.everybody, texts.everybodyHint)}
      {able.map(({ id, displayName, status, load }) =>
        option(id, displayName, `${texts[status]} · ${say('load', { count: load })}`),
      )}
      {!everybody && able.length === 0 && <p className="quiet">{texts.nobodyHere}</p>}
    </fieldset>
  );
}
