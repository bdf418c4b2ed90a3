import { type FormEvent, useState } from 'react';
import type { Ticket } from '../api/types';
import { Dialog } from '../parts/dialog';
import { useWords } from '../texts';
import { AgentChoice } from './agent-choice';

interface TransferDialogProps {
  readonly ticket: Ticket;
  readonly onTransfer: (fields: { agentId: string | null; note?: string }) => Promise<boolean>;
  readonly onClose: () => void;
}

/** To a colleague or back to all, with a word for them. */
export function TransferDialog({ ticket, onTransfer, onClose }: TransferDialogProps) {
  const { texts } = useWords();
  const [agentId, setAgentId] = useState('');
  const [note, setNote] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const words = note.trim();
    await onTransfer({ agentId: agentId || null, ...(words !== '' && { note: words }) });
    onClose();
  };
  return (
    <Dialog title={texts.transfer} onClose={onClose}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <AgentChoice chosen={agentId} onChoose={setAgentId} without={ticket.agentId} everybody />
        <label className="field">
          <span>{texts.transferNote}</span>
          <textarea rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
        <button type="submit" className="primary">
          {texts.transfer}
        </button>
      </form>
    </Dialog>
  );
}
