/** A key as it was pressed: just what decides. */
export interface KeyPress {
  readonly key: string;
  readonly isControl: boolean;
  readonly isAlt: boolean;
  /** True while a person is typing into a field: letters are text then. */
  readonly isTyping: boolean;
  /** Milliseconds, by any clock that does not jump. */
  readonly at: number;
}

/** Keys that do something, as written in the list of keys: `ctrl k`, `?`, `g s`. */
export interface KeyBinding {
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

/** How long after the first letter the second one still belongs to it. Milliseconds. */
const sequenceMsMax = 1_200;

/** Finds the binding that a key press completes. It remembers the first key of a pair. */
export type KeyReader = (press: KeyPress) => KeyBinding | null;

export function createKeyReader(bindings: () => readonly KeyBinding[]): KeyReader {
  let first: { key: string; at: number } | null = null;
  return (press) => {
    const pair = first !== null && press.at - first.at <= sequenceMsMax ? `${first.key} ${press.key}` : null;
    first = null;
    if (press.isAlt) return null;
    if (press.isControl) return find(bindings(), `ctrl ${press.key.toLowerCase()}`);
    if (press.isTyping) return null;
    const found = (pair === null ? null : find(bindings(), pair)) ?? find(bindings(), press.key);
    if (found === null && opensPair(bindings(), press.key)) first = { key: press.key, at: press.at };
    return found;
  };
}

const find = (bindings: readonly KeyBinding[], keys: string): KeyBinding | null =>
  bindings.find((binding) => binding.keys === keys) ?? null;

const opensPair = (bindings: readonly KeyBinding[], key: string): boolean =>
  bindings.some((binding) => binding.keys.startsWith(`${key} `));

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Listens to the keyboard of the whole page until the returned function is called. An open dialog keeps its keys to itself. */
export function startKeys(bindings: () => readonly KeyBinding[]): () => void {
  const read = createKeyReader(bindings);
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || document.querySelector('dialog:modal') !== null) return;
    const found = read({
      key: event.key,
      isControl: event.ctrlKey || event.metaKey,
      isAlt: event.altKey,
      isTyping: isField(event.target),
      at: event.timeStamp,
    });
    if (found === null) return;
    event.preventDefault();
    found.run();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
