import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { toString as qrCode } from 'qrcode';
import type { App } from '../app';
import { AGENT_ROLES, type Agent, type AgentRole, passwordProblem, VitrineError } from '../domain';
import { newTotp, Passwords } from '../server';
import { configOf, withApp } from './context';
import { readSecret } from './read-secret';

const NAME = /^[a-z0-9][a-z0-9._@-]{1,62}[a-z0-9]$/i;
const LONGEST_DISPLAY_NAME = 60;

type Stores = Pick<App, 'agents' | 'audit'>;

export function registerAgent(program: Command): void {
  const command = program.command('agent').description('who may sign in to the agent console');
  const run = (action: (app: App) => Promise<void> | void) => withApp(configOf(command), async (app) => action(app));
  const name = () => new Argument('<name>', 'what they sign in with').argParser(nameOf);

  command
    .command('add')
    .description('add an agent; the password is asked for, or read from the standard input')
    .addArgument(name())
    .addOption(roleOption().makeOptionMandatory())
    .option('--display <name>', 'what shoppers see; the name where it is left out', displayNameOf)
    .option('--totp', 'ask for codes of an authenticator app, too; prints what the app reads')
    .action((agentName: string, options: { role: AgentRole; display?: string; totp?: true }) =>
      run((app) => add(app, agentName, options)),
    );
  command
    .command('list')
    .description('agents with role, and whether they are disabled')
    .action(() => run((app) => void process.stdout.write(app.agents.list().map(line).join(''))));
  command
    .command('password')
    .description('set a new password; ends their sessions')
    .addArgument(name())
    .action((agentName: string) =>
      run(async ({ agents, audit }) => {
        const { id } = known(agents, agentName);
        agents.setPassword(id, await newPasswordHash(agentName));
        done(audit, agentName, 'password', id);
      }),
    );
  command
    .command('role')
    .description('change what they may do')
    .addArgument(name())
    .addArgument(new Argument('<role>').choices(AGENT_ROLES))
    .action((agentName: string, role: AgentRole) =>
      run(({ agents, audit }) => {
        const { id } = known(agents, agentName);
        agents.setRole(id, role);
        done(audit, agentName, role, id);
      }),
    );
  for (const verb of ['disable', 'enable'] as const) {
    command
      .command(verb)
      .description(verb === 'disable' ? 'let them sign in no more; ends their sessions' : 'let them sign in again')
      .addArgument(name())
      .action((agentName: string) =>
        run(({ agents, audit }) => {
          const { id } = known(agents, agentName);
          agents.setDisabled(id, verb === 'disable');
          done(audit, agentName, `${verb}d`, id);
        }),
      );
  }
}

async function add(
  { agents, audit, config }: Stores & Pick<App, 'config'>,
  name: string,
  { role, display, totp }: { role: AgentRole; display?: string; totp?: true },
): Promise<void> {
  if (agents.byName(name)) throw taken(name);
  const passwordHash = await newPasswordHash(name);
  const code = totp && newTotp(config.SHOP_NAME, name);
  const added = agents.add({
    name,
    displayName: display ?? name,
    role,
    passwordHash,
    ...(code && { totpSecret: code.secret }),
  });
  if (!added) throw taken(name);
  done(audit, added.name, role, added.id);
  if (code) process.stdout.write(`${await qrCode(code.url, { type: 'terminal', small: true })}\n${code.url}\n`);
}

/** Asks for a password until the end of the command. Throws AGENT_INVALID for one that may not be used. */
async function newPasswordHash(name: string): Promise<string> {
  const password = await readSecret('Password');
  const problem = passwordProblem(password, name);
  if (problem) throw new VitrineError('AGENT_INVALID', problem);
  return new Passwords().hash(password);
}

function known(agents: App['agents'], name: string): Agent {
  const agent = agents.byName(name);
  if (!agent) throw new VitrineError('AGENT_UNKNOWN', `${name}: there is no such agent`);
  return agent;
}

/** Who has the machine is not known here: the entry says whom it was about. */
function done(audit: App['audit'], name: string, what: string, agentId: string): void {
  audit.add({ action: 'agent', result: 'done', detail: `${what} ${agentId}` });
  process.stdout.write(`${name}: ${what}\n`);
}

function taken(name: string): VitrineError {
  return new VitrineError('AGENT_INVALID', `${name}: there is an agent of that name already`);
}

function line({ name, displayName, role, isDisabled, hasTotp }: Agent): string {
  return `${[name, role, displayName, ...(hasTotp ? ['totp'] : []), ...(isDisabled ? ['disabled'] : [])].join('\t')}\n`;
}

function roleOption(): Option {
  return new Option('--role <role>', 'what they may do').choices(AGENT_ROLES);
}

function nameOf(text: string): string {
  if (!NAME.test(text)) throw new InvalidArgumentError('3 to 64 of the characters a–z, 0–9, ".", "_", "@" and "-".');
  return text.toLowerCase();
}

function displayNameOf(text: string): string {
  const name = text.trim().replace(/\p{C}/gu, '');
  if (name === '' || name.length > LONGEST_DISPLAY_NAME) {
    throw new InvalidArgumentError(`1 to ${LONGEST_DISPLAY_NAME} characters.`);
  }
  return name;
}
