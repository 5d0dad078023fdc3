/**
 * The plate in its four sizes, in user units, which are CSS pixels at the natural size. All else is placed by these.
 */

export const sizes = ['row', 'summary', 'fleet', 'service'] as const;
export type Size = (typeof sizes)[number];

/** A comb beside or on the plate: a stem, and ticks to the right of it. */
type Comb = { readonly x: number; readonly tick: number; readonly stroke: number };

export type Hull = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Where the sides end over the deck, unless water stands higher. */
  readonly top: number;
  readonly deck: number;
  readonly keel: number;
  readonly bilge: number;
  /** How far deck line and waterline reach over the plate. */
  readonly overhang: number;
  /** Highest share of water drawn, percent. */
  readonly ceiling: number;
  readonly strokes: { readonly plate: number; readonly deck: number; readonly water: number };
  readonly comb: Comb;
  /** From 64 px up: the ring and the line that cuts it. */
  readonly disc?: { readonly x: number; readonly radius: number; readonly stroke: number };
  /** From 140 px up: where the letters of the comb stand. */
  readonly lettersX?: number;
  readonly chevron: { readonly x: number; readonly half: number; readonly gap: number; readonly stroke: number };
  readonly hatchStep: number;
  /** Font size of the "?" of a plate without an objective. */
  readonly question: number;
};

export const hulls: Readonly<Record<Size, Hull>> = {
  row: {
    width: 26,
    height: 24,
    left: 2,
    right: 13,
    top: 3,
    deck: 5,
    keel: 22.5,
    bilge: 2,
    overhang: 2,
    ceiling: 123,
    strokes: { plate: 1, deck: 2, water: 1.75 },
    comb: { x: 14, tick: 3, stroke: 1 },
    chevron: { x: 19, half: 3, gap: 4, stroke: 1.5 },
    hatchStep: 2.6,
    question: 10,
  },
  summary: {
    width: 54,
    height: 64,
    left: 4,
    right: 40,
    top: 7,
    deck: 11,
    keel: 60,
    bilge: 4,
    overhang: 3,
    ceiling: 112,
    strokes: { plate: 1, deck: 2.5, water: 2.2 },
    comb: { x: 28, tick: 5.3, stroke: 1.4 },
    disc: { x: 15.5, radius: 5.6, stroke: 1.7 },
    chevron: { x: 45.5, half: 3.5, gap: 4.5, stroke: 1.6 },
    hatchStep: 4,
    question: 18,
  },
  fleet: {
    width: 120,
    height: 172,
    left: 12,
    right: 100,
    top: 19,
    deck: 26,
    keel: 160,
    bilge: 7,
    overhang: 7,
    ceiling: 112,
    strokes: { plate: 1.25, deck: 4, water: 3 },
    comb: { x: 70, tick: 9.9, stroke: 2.2 },
    disc: { x: 40, radius: 12, stroke: 2.8 },
    lettersX: 84,
    chevron: { x: 108.5, half: 4.5, gap: 6, stroke: 2 },
    hatchStep: 6,
    question: 26,
  },
  service: {
    width: 306,
    height: 240,
    left: 96,
    right: 192,
    top: 25,
    deck: 34,
    keel: 224,
    bilge: 8,
    overhang: 9,
    ceiling: 112,
    strokes: { plate: 1.25, deck: 4.5, water: 3 },
    comb: { x: 160, tick: 11.8, stroke: 2.4 },
    disc: { x: 126, radius: 16, stroke: 3.2 },
    lettersX: 176,
    chevron: { x: 204.5, half: 5.5, gap: 7, stroke: 2 },
    hatchStep: 6,
    question: 34,
  },
};

/** Height of a share on the linear scale from keel to deck. @param share percent spent */
export const heightOf = (hull: Hull, share: number): number =>
  round(hull.keel - ((hull.keel - hull.deck) * share) / 100);

/** Where the waterline lies: never under the keel, never over the ceiling of the size. */
export const waterlineOf = (hull: Hull, spent: number): number =>
  heightOf(hull, Math.min(Math.max(spent, 0), hull.ceiling));

/** Where the sides of the plate end: they run on as far as the water needs, so that it never stands outside. */
export const sidesTop = (hull: Hull, waterline: number): number => Math.min(hull.top, waterline);

/** The outline of the plate from its left side round the bilge to its right side, open at the top. */
export function outlineOf({ left, right, keel, bilge }: Hull, top: number): string {
  const turn = keel - bilge;
  return `M${left} ${top}V${turn}Q${left} ${keel} ${left + bilge} ${keel}H${right - bilge}Q${right} ${keel} ${right} ${turn}V${top}`;
}

/** A horizontal line over the plate that reaches out on both sides. */
export const lineAt = ({ left, right, overhang }: Hull, y: number): string =>
  `M${left - overhang} ${y}H${right + overhang}`;

/**
 * Chevrons over the right end of the waterline, the lowest first. They stay inside the picture: where the water is
 * too high for all, the stack is pushed down.
 */
export function chevronsOf(hull: Hull, waterline: number, count: number): readonly string[] {
  const { x, half, gap } = hull.chevron;
  const clearance = hull.chevron.half < 3.5 ? 1 : 4;
  const lowest = Math.max(waterline - clearance, 1 + half + gap * (count - 1));
  return Array.from(
    { length: count },
    (_, step) => `M${x} ${round(lowest - step * gap)}l${half} ${-half}l${half} ${half}`,
  );
}

/** Lines at 45° that fill a rectangle, cut exactly at its sides, so that no clip path is needed. */
export function hatchOf(
  area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  step: number,
): string {
  const { left, right, top, bottom } = area;
  const height = bottom - top;
  const lines: string[] = [];
  // A line rises to the right; `foot` is where it would meet the bottom.
  for (let foot = left - height + step / 2; foot < right; foot += step) {
    const from = Math.max(foot, left);
    const to = Math.min(foot + height, right);
    if (to > from)
      lines.push(`M${round(from)} ${round(bottom - (from - foot))}L${round(to)} ${round(bottom - (to - foot))}`);
  }
  return lines.join('');
}

/** Two digits are a hundredth of a pixel, and keep the markup short. */
export const round = (value: number): number => Math.round(value * 100) / 100;
