import { type Problem, problemOf } from '../../kernel/problem.ts';
import { type Millis, second } from '../../kernel/time.ts';
import type { Clock } from '../edge/clock.ts';

export interface RateLimitOptions {
  /** Requests a second that one address may go on sending. */
  readonly perSecondMax: number;
  /** Requests that it may send at once after a pause. */
  readonly burstMax: number;
  readonly clock: Clock;
}

/** Room for browsers behind one proxy and for agents; it stops a client in a loop, not a distributed attack. */
export const rateLimitDefaults = { perSecondMax: 500, burstMax: 2_000 } as const;

/** Addresses remembered. Beyond it the one that was quiet longest is forgotten, and starts afresh. */
const addressCountMax = 10_000;

interface Bucket {
  tokens: number;
  filledAt: Millis;
}

export type RefuseRate = (address: string) => { readonly problem: Problem; readonly retryAfterSeconds: number } | null;

/**
 * A token bucket for each address: every request takes one, time gives them back. Our own rather than Fastify's plug-in,
 * because that one reads the wall clock itself and lives outside the dispatcher, where the simulation would not meet it.
 */
export function createRateLimit({ perSecondMax, burstMax, clock }: RateLimitOptions): RefuseRate {
  const buckets = new Map<string, Bucket>();
  return (address) => {
    const now = clock.monotonic();
    const bucket = buckets.get(address) ?? { tokens: burstMax, filledAt: now };
    bucket.tokens = Math.min(burstMax, bucket.tokens + ((now - bucket.filledAt) / second) * perSecondMax);
    bucket.filledAt = now;
    // Set anew, so that the map's order is the order of last use.
    buckets.delete(address);
    buckets.set(address, bucket);
    if (buckets.size > addressCountMax) forgetFirst(buckets);
    if (bucket.tokens < 1) return refusal(Math.ceil((1 - bucket.tokens) / perSecondMax), perSecondMax);
    bucket.tokens -= 1;
    return null;
  };
}

const forgetFirst = (buckets: Map<string, Bucket>): void => {
  const [first] = buckets.keys();
  if (first !== undefined) buckets.delete(first);
};

const refusal = (retryAfterSeconds: number, perSecondMax: number) => ({
  retryAfterSeconds,
  problem: problemOf(
    'too-many-requests',
    429,
    `More than ${perSecondMax} requests a second came from this address. Wait ${retryAfterSeconds} s, then go on more slowly.`,
    { data: { perSecondMax, retryAfterSeconds } },
  ),
});
