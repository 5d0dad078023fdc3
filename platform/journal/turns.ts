/** Lets work on the same key go one after the other, in the order it was asked. Work on different keys does not wait. */
export class Turns<Key> {
  readonly #tails = new Map<Key, Promise<void>>();

  /** Runs the work when everything asked before with this key has ended, well or badly. */
  async take<Result>(key: Key, work: () => Promise<Result>): Promise<Result> {
    const result = (this.#tails.get(key) ?? Promise.resolve()).then(work);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}
