import Fastify, { type FastifyBaseLogger } from 'fastify';
import type { Log } from './exchange.ts';

export interface LogOptions {
  readonly level: 'info' | 'warn' | 'error' | 'silent';
  /** Takes each line, with its line break; the standard output when left out. */
  readonly write?: (line: string) => void;
}

/**
 * A log of one JSON object a line: level, time, fields, message. It is pino as Fastify brings and sets it up, so that the
 * server adds no dependency for it and errors are written the same way everywhere.
 */
export function createLog({ level, write }: LogOptions): Log {
  const stream = write === undefined ? {} : { stream: { write } };
  let log: FastifyBaseLogger | undefined;
  return (lineLevel, fields, message) => {
    // Made with the first line: a quiet start does not wait for it.
    log ??= Fastify({ logger: { level, ...stream } }).log;
    log[lineLevel](fields, message);
  };
}
