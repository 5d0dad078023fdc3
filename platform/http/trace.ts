import type { NextId } from '../../kernel/id.ts';
import type { Chance } from '../edge/chance.ts';

/** How one request is known in logs, here and in the systems around it. */
export interface Trace {
  readonly requestId: string;
  /** 32 hexadecimal digits, the caller's where it sent some. */
  readonly traceId: string;
  /** 16 hexadecimal digits, made here. */
  readonly spanId: string;
}

/** What may stand in a log line, in a header and in a fact's cause as it is. */
const saneRequestId = /^[A-Za-z0-9._:-]{1,64}$/;

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparentForm = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;

const isZero = (hex: string): boolean => /^0+$/.test(hex);

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const traceIdOf = (traceparent: string | undefined): string | undefined => {
  const [, traceId, parentId] = traceparentForm.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || parentId === undefined || traceparent?.startsWith('ff')) return undefined;
  return isZero(traceId) || isZero(parentId) ? undefined : traceId;
};

/** Takes over the caller's request id and trace where they are well formed; makes its own otherwise. */
export function traceOf(headers: Readonly<Record<string, string>>, nextId: NextId, chance: Chance): Trace {
  const given = headers['x-request-id'];
  return {
    requestId: given !== undefined && saneRequestId.test(given) ? given : nextId('req'),
    traceId: traceIdOf(headers.traceparent) ?? hexOf(chance.bytes(16)),
    spanId: hexOf(chance.bytes(8)),
  };
}
