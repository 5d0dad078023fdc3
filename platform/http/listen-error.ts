import type { PortHolder } from './port-holder.ts';

export interface ListenerOptions {
  /** What it is for, in words: `console and API`. */
  readonly name: string;
  readonly bind: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The flag that moves it, such as `--http-port`. */
  readonly flag: string;
  /** When it cannot be opened: true stops the start, false lets the other listeners go on without it. */
  readonly isRequired: boolean;
}

/** A listener could not be opened; the message says why and which flag helps. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Why a listener could not be opened, and what to do, in one sentence. */
export function listenFault(
  { name, bind, port, flag }: ListenerOptions,
  code: string,
  holder: PortHolder | null,
): string {
  const place = `port ${port} on ${bind}, for ${name},`;
  switch (code) {
    case 'EADDRINUSE': {
      const who = holder === null ? 'another process' : `process ${holder.pid} (${holder.command})`;
      return `${place} is held by ${who}; stop it, or choose another port with ${flag}`;
    }
    case 'EACCES':
      return `${place} needs rights that this user does not have; choose one above 1023 with ${flag}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${place} cannot be opened: this machine has no such address; choose another with --bind`;
    default:
      return `${place} cannot be opened (${code}); choose another port with ${flag}, or another address with --bind`;
  }
}
