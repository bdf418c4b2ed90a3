import { type FormEvent, useState } from 'react';
import type { Ticket } from '../api/types';
import { Dialog } from '../parts/dialog';
import { useWords } from '../texts';
import { AgentChoice } from './agent-choice';

interface AssignDialogProps {
  readonly ticket: Ticket;
  readonly onAssign: (agentId: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** A supervisor gives a conversation to somebody. */
export function AssignDialog({ ticket, onAssign, onClose }: AssignDialogProps) {
  const { texts } = useWords();
  const [agentId, setAgentId] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (agentId === '') return;
    await onAssign(agentId);
    onClose();
  };
  return (
    <Dialog title={texts.assign} onClose={onClose}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <AgentChoice chosen={agentId} onChoose={setAgentId} without={ticket.agentId} />
        <button type="submit" className="primary" aria-disabled={agentId === ''}>
          {texts.assign}
        </button>
      </form>
    </Dialog>
  );
}
