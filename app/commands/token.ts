import { ask, clientFlags, targetOf } from '../client.ts';
import { type Command, CommandFailure, type Given, type Terminal } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

const roles = ['viewer', 'responder', 'maintainer', 'admin'];
const expiresInDaysStandard = 90;

interface CreatedToken {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: string | number | null;
}

function scopeOf(
  given: Given,
): { kind: 'all' } | { kind: 'team'; team: string } | { kind: 'service'; service: string } {
  const { team, service } = given.flags;
  if (team !== undefined && service !== undefined) {
    throw new CommandFailure(
      exitCodes.usage,
      '--team and --service exclude each other; expected one, or neither for the whole fleet',
    );
  }
  if (team !== undefined) return { kind: 'team', team };
  return service === undefined ? { kind: 'all' } : { kind: 'service', service };
}

function expiresInDaysOf(given: Given): number {
  const text = given.flags['expires-in-days'];
  if (text === undefined) return expiresInDaysStandard;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1) return days;
  throw new CommandFailure(exitCodes.usage, `--expires-in-days is "${text}"; expected a whole number of days from 1`);
}

async function create(given: Given, terminal: Terminal): Promise<void> {
  const role = given.flags.role ?? 'viewer';
  if (!roles.includes(role))
    throw new CommandFailure(exitCodes.usage, `--role is "${role}"; expected ${roles.join(', ')}`);
  const body = {
    title: given.flags.title ?? `plimsoll token create, ${role}`,
    role,
    scope: scopeOf(given),
    expiresInDays: expiresInDaysOf(given),
  };
  const request = { method: 'POST', path: '/api/v1/tokens', body } as const;
  const token = (await ask(targetOf(given, terminal), request, terminal.signal)) as CreatedToken;
  if (given.json) return terminal.out(JSON.stringify(token));
  terminal.out(token.secret);
  terminal.error(
    `Token ${token.id} (${role}), ends in ${body.expiresInDays} days. It is shown this once: keep it in a secret store.`,
  );
}

async function revoke(given: Given, terminal: Terminal): Promise<void> {
  const id = given.operands[1];
  if (id === undefined)
    throw new CommandFailure(exitCodes.usage, 'plimsoll token revoke needs the id of a token, such as tok_01…');
  const request = { method: 'DELETE', path: `/api/v1/tokens/${encodeURIComponent(id)}` } as const;
  await ask(targetOf(given, terminal), request, terminal.signal);
  terminal.out(given.json ? JSON.stringify({ id, revoked: true }) : `Token ${id} is revoked.`);
}

export const tokenCommand: Command = {
  name: 'token',
  summary: 'Create or revoke an API token.',
  operands: ['create|revoke', '[TOKEN-ID]'],
  flags: [
    { name: 'title', value: 'TEXT', help: 'what it is for; shown in the console' },
    { name: 'role', value: 'ROLE', help: `${roles.join(', ')}; viewer when left out` },
    { name: 'team', value: 'TEAM', help: 'good for the services of this team only' },
    { name: 'service', value: 'SERVICE', help: 'good for this service only' },
    { name: 'expires-in-days', value: 'DAYS', help: `${expiresInDaysStandard} when left out` },
    ...clientFlags,
  ],
  about: ['', 'create prints the secret on standard output, once, and nothing else there.'],
  async run(given, terminal) {
    const verb = given.operands[0];
    if (verb === 'create') await create(given, terminal);
    else if (verb === 'revoke') await revoke(given, terminal);
    else throw new CommandFailure(exitCodes.usage, `plimsoll token "${verb}"; expected create or revoke`);
    return exitCodes.done;
  },
};
