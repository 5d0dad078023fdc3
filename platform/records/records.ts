import type { JsonObject } from '../../kernel/json.ts';

/** A record with the revision to name when it is written again. */
export interface Stored<Body extends JsonObject = JsonObject> {
  readonly key: string;
  readonly body: Body;
  /** 1, 2, 3 …; 0 stands for "no such record" in `put`. */
  readonly revision: number;
}

export type PutResult = 'stored' | 'conflict' | 'no-space';

/**
 * What must be erasable, and so cannot stand in the journal: personal data, hashes of secrets, sessions. A collection holds
 * JSON documents by key. Durable before acknowledged, like the journal; erased means gone from the file as well.
 */
export interface Records {
  get<Body extends JsonObject>(collection: string, key: string): Promise<Stored<Body> | null>;
  /** All records of a collection, by key. */
  list<Body extends JsonObject>(collection: string): Promise<readonly Stored<Body>[]>;
  /** Writes when the record is still at the revision named (0: when there is none yet). */
  put(collection: string, key: string, body: JsonObject, revision: number): Promise<PutResult>;
  /** Erases; true when there was something to erase. */
  erase(collection: string, key: string): Promise<boolean>;
  close(): Promise<void>;
}
