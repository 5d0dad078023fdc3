import type { GlyphName } from '../glyphs.ts';

/** Something that changed or happened, drawn through all plots of a group. */
export type Mark = {
  readonly key: string;
  readonly at: number;
  readonly glyph: GlyphName;
  /** What it was, with its time: "02:31 payment 3.18.0 deployed". */
  readonly text: string;
  /** Where its fact can be read. */
  readonly href: string;
  /** Dashed by default; a suspect is solid ink, an incident solid and red. */
  readonly kind?: 'usual' | 'suspect' | 'incident';
};

/** Marks that share one target, and where that lies in pixels. */
export type MarkGroup = {
  readonly left: number;
  readonly right: number;
  readonly marks: readonly { readonly mark: Mark; readonly x: number }[];
};

/** The least size of a target (WCAG 2.5.8); marks closer than this are one. */
export const targetPx = 24;

/**
 * Gathers marks so that no two targets overlap: one that is closer than 24 px to the one before it joins it.
 * @param xOf the place of a mark in pixels
 */
export function groupMarks(marks: readonly Mark[], xOf: (mark: Mark) => number): readonly MarkGroup[] {
  const groups: MarkGroup[] = [];
  for (const placed of marks.map((mark) => ({ mark, x: xOf(mark) })).toSorted((a, b) => a.x - b.x)) {
    const last = groups.at(-1);
    if (last === undefined || placed.x - last.right >= targetPx) {
      groups.push({ left: placed.x, right: placed.x, marks: [placed] });
    } else {
      groups[groups.length - 1] = { left: last.left, right: placed.x, marks: [...last.marks, placed] };
    }
  }
  return groups;
}
