import { hostname } from 'node:os';
import { ask, clientFlags, targetOf } from '../client.ts';
import type { Command, Terminal } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

interface SignInLink {
  readonly signInLink: string;
  readonly expiresAt: number | string;
}

/** Over SSH the link opens on another machine: a tunnel is needed when the server is on loopback only. */
export function tunnelHint(link: string, environment: Terminal['environment'], host: string): string | null {
  if (environment.SSH_CONNECTION === undefined) return null;
  const url = new URL(link);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return null;
  const user = environment.USER ?? environment.LOGNAME ?? 'you';
  return `On your own machine first: ssh -L ${url.port}:${url.hostname}:${url.port} ${user}@${host}`;
}

export const signInCommand: Command = {
  name: 'sign-in',
  summary: 'Print a one-time sign-in link.',
  operands: [],
  flags: [
    { name: 'user', value: 'USER-ID', help: 'for whom, such as usr_01…; the first administrator when left out' },
    ...clientFlags,
  ],
  about: ['', 'The link works once, within 15 minutes. It is for a person who lost theirs, or their password.'],
  async run(given, terminal) {
    const body = given.flags.user === undefined ? {} : { user: given.flags.user };
    const request = { method: 'POST', path: '/api/v1/sign-in-links', body } as const;
    const answer = (await ask(targetOf(given, terminal), request, terminal.signal)) as SignInLink;
    if (given.json) {
      terminal.out(JSON.stringify(answer));
      return exitCodes.done;
    }
    const hint = tunnelHint(answer.signInLink, terminal.environment, hostname());
    if (hint !== null) terminal.error(hint);
    terminal.out(answer.signInLink);
    return exitCodes.done;
  },
};
