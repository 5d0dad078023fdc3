/** A list that does not move under the pointer: what is shown, and how much waits above it. */
export interface Held<Item> {
  readonly shown: readonly Item[];
  readonly waitingCount: number;
}

/**
 * Keeps the top of a list where it was while a person reads.
 * @param items newest first
 * @param keyOf stable over updates
 * @param heldAt key of the item that was on top when the person began to read; null while nobody does
 */
export function hold<Item>(items: readonly Item[], keyOf: (item: Item) => string, heldAt: string | null): Held<Item> {
  const place = heldAt === null ? 0 : items.findIndex((item) => keyOf(item) === heldAt);
  // The item held at may have left a list of bounded length: then all is new, and keeping still would show nothing.
  return place <= 0 ? { shown: items, waitingCount: 0 } : { shown: items.slice(place), waitingCount: place };
}
