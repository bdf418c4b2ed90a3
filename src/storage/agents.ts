import { randomUUID } from 'node:crypto';
import type { Agent, AgentRole, AgentSecrets, AgentStore } from '../domain';
import { guarded, type Sqlite } from './database';

interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly display_name: string;
  readonly role: AgentRole;
  readonly password_hash: string;
  readonly totp_secret: string | null;
  readonly disabled: number;
  readonly created_at: number;
}

/** Agents by name. What ends their sessions ends them in the same transaction. */
export class SqliteAgentStore implements AgentStore {
  private readonly statements;
  private readonly changeAndEnd: (change: () => void, id: string) => void;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      get: db.prepare<[string], AgentRow>('SELECT * FROM agents WHERE id = ?'),
      byName: db.prepare<[string], AgentRow>('SELECT * FROM agents WHERE name = ?'),
      list: db.prepare<[], AgentRow>('SELECT * FROM agents ORDER BY name'),
      add: db.prepare(
        `INSERT OR IGNORE INTO agents (id, name, display_name, role, password_hash, totp_secret, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ),
      password: db.prepare('UPDATE agents SET password_hash = ? WHERE id = ?'),
      role: db.prepare('UPDATE agents SET role = ? WHERE id = ?'),
      disabled: db.prepare('UPDATE agents SET disabled = ? WHERE id = ?'),
      totpStep: db.prepare('UPDATE agents SET totp_step = @step WHERE id = @id AND totp_step < @step'),
      endSessions: db.prepare('DELETE FROM agent_sessions WHERE agent_id = ?'),
    };
    this.changeAndEnd = db.transaction((change: () => void, id: string) => {
      change();
      this.statements.endSessions.run(id);
    });
  }

  get(id: string): Agent | undefined {
    return agentOf(guarded(() => this.statements.get.get(id)));
  }

  byName(name: string): Agent | undefined {
    return agentOf(guarded(() => this.statements.byName.get(name.toLowerCase())));
  }

  list(): Agent[] {
    return guarded(() => this.statements.list.all()).flatMap((row) => agentOf(row) ?? []);
  }

  add(agent: Parameters<AgentStore['add']>[0]): Agent | undefined {
    const { displayName, role, passwordHash, totpSecret = null } = agent;
    const [id, name] = [randomUUID(), agent.name.toLowerCase()];
    const { changes } = guarded(() =>
      this.statements.add.run(id, name, displayName, role, passwordHash, totpSecret, this.clock()),
    );
    return changes === 1 ? this.get(id) : undefined;
  }

  secretsOf(id: string): AgentSecrets | undefined {
    const row = guarded(() => this.statements.get.get(id));
    return row && { passwordHash: row.password_hash, ...(row.totp_secret && { totpSecret: row.totp_secret }) };
  }

  setPassword(id: string, passwordHash: string): void {
    guarded(() => this.changeAndEnd(() => this.statements.password.run(passwordHash, id), id));
  }

  setRole(id: string, role: AgentRole): void {
    guarded(() => this.statements.role.run(role, id));
  }

  setDisabled(id: string, isDisabled: boolean): void {
    const change = () => this.statements.disabled.run(Number(isDisabled), id);
    guarded(() => (isDisabled ? this.changeAndEnd(change, id) : change()));
  }

  spendTotpStep(id: string, step: number): boolean {
    return guarded(() => this.statements.totpStep.run({ id, step })).changes === 1;
  }
}

function agentOf(row: AgentRow | undefined): Agent | undefined {
  return (
    row && {
      id: row.id,
      name: row.name,
      displayName: row.display_name,
      role: row.role,
      isDisabled: row.disabled === 1,
      hasTotp: row.totp_secret !== null,
      createdAt: row.created_at,
    }
  );
}
