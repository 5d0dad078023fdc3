import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ToldFact } from './facts/fact.ts';
import { onFact, onReturn } from './journal.ts';
import { api } from './session.ts';
import type { Problem } from './wire.ts';

/** Something that the server knows and a page shows. What was read last stays while it is read again, so nothing jumps. */
export interface Resource<Value> {
  /** Null until it has been read once. */
  readonly value: Value | null;
  /** Why the last reading failed; `value` may be older then. */
  readonly problem: Problem | null;
  readonly reload: () => void;
}

/** What was read last, by path: a page that is come back to shows it at once while it is read again. */
const remembered = new Map<string, unknown>();

/** Facts that come together are answered by one reading. Milliseconds. */
const gatherMs = 120;

interface Reading<Value> {
  readonly path: string | null;
  readonly value: Value | null;
  readonly problem: Problem | null;
}

/**
 * Reads a resource, and again whenever a fact says that it may have changed, or the server comes back.
 * @param path what to GET; null while it is not known or not permitted
 * @param isTouchedBy true for facts after which it is to be read again
 * @param untoldMs how often to read what changes without a fact, while somebody looks; not at all when left out
 */
export function useResource<Value>(
  path: string | null,
  isTouchedBy: (fact: ToldFact) => boolean = never,
  untoldMs?: number,
): Resource<Value> {
  const [reading, setReading] = useState<Reading<Value>>(() => recall(path));
  const [turn, setTurn] = useState(0);
  const touched = useRef(isTouchedBy);
  touched.current = isTouchedBy;
  const reload = useCallback(() => setTurn((count) => count + 1), []);

  // A new turn asks for the same path again.
  useEffect(() => {
    if (path === null) return;
    const leaving = new AbortController();
    void read<Value>(path, leaving.signal).then((next) => {
      if (!leaving.signal.aborted) setReading((last) => ({ ...next, value: next.value ?? keptFrom(last, path) }));
    });
    return () => leaving.abort();
  }, [path, turn]);

  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | null = null;
    const stop = onFact((fact) => {
      if (gathering !== null || !touched.current(fact)) return;
      gathering = setTimeout(() => {
        gathering = null;
        reload();
      }, gatherMs);
    });
    return () => {
      stop();
      if (gathering !== null) clearTimeout(gathering);
    };
  }, [reload]);

  useEffect(() => {
    if (untoldMs === undefined) return;
    const asking = setInterval(() => {
      if (!document.hidden) reload();
    }, untoldMs);
    return () => clearInterval(asking);
  }, [untoldMs, reload]);

  // What could not be read while the server was away is read now, without being asked.
  useEffect(() => onReturn(reload), [reload]);

  const shown = reading.path === path ? reading : recall<Value>(path);
  return { value: shown.value, problem: shown.problem, reload };
}

const never = (): boolean => false;

const keptFrom = <Value>(last: Reading<Value>, path: string): Value | null => (last.path === path ? last.value : null);

function recall<Value>(path: string | null): Reading<Value> {
  const value = path === null ? undefined : (remembered.get(path) as Value | undefined);
  return { path, value: value ?? null, problem: null };
}

async function read<Value>(path: string, signal: AbortSignal): Promise<Reading<Value>> {
  try {
    const reply = await api<Value>('GET', path, { signal });
    if (reply.outcome === 'problem') return { path, value: null, problem: reply.problem };
    remembered.set(path, reply.value);
    return { path, value: reply.value, problem: null };
  } catch {
    // The reader has left: nobody waits for this any more.
    return { path, value: null, problem: null };
  }
}

/** Forgets all that was read: another person may sit here next. */
export const forgetResources = (): void => remembered.clear();
