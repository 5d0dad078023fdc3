import type { PaletteEntry } from './entries.ts';
import { rank } from './rank.ts';

/** A group holds at most this many: a longer list is not read, it is typed into. */
const groupCountMax = 7;

export interface Choice {
  readonly name: PaletteEntry['group'];
  readonly entries: readonly PaletteEntry[];
}

/** The groups for what was typed; the one with the best entry stands first. */
export function choicesFor(typed: string, entries: readonly PaletteEntry[]): readonly Choice[] {
  const groups = Map.groupBy(rank(typed, entries), ({ group }) => group);
  return [...groups].map(([name, all]) => ({ name, entries: all.slice(0, groupCountMax) }));
}

/** The key of the entry that is `steps` away from the chosen one, round the ends; the first one when none is chosen. */
export function moved(choices: readonly Choice[], chosen: string | null, steps: number): string | null {
  const keys = choices.flatMap(({ entries }) => entries.map(({ key }) => key));
  if (keys.length === 0) return null;
  const from = chosen === null ? -1 : keys.indexOf(chosen);
  if (from === -1) return keys.at(steps < 0 ? -1 : 0) ?? null;
  return keys.at((from + steps) % keys.length) ?? null;
}
