/**
 * Every sign of the console, drawn on a 16 × 16 field in the colour of the text beside it. One table, so that a state,
 * a mark on a chart, a line of the timeline and a row of the palette can never show the same thing differently.
 */

/** One stroke or area of a glyph. `stroke` is a width in field units; without it the shape is filled. */
export type Shape = {
  readonly path: string;
  readonly stroke?: number;
  readonly dash?: string;
  /** Painted in the colour of the ground, to cut a sign out of a filled shape. */
  readonly cut?: boolean;
  /** Stroked in the text colour and filled with the ground, so that a line behind does not show through. */
  readonly hollow?: boolean;
};

const circle = (radius: number, x = 8, y = 8): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0Z`;

const diamond = 'M8 .6 15.4 8 8 15.4.6 8Z';

/** The drawings by name. Names say what a sign means, never how it looks. */
export const glyphs = {
  // States, from calm to spent, and the three ways of not knowing.
  'carry-on': [
    { path: circle(4.6), stroke: 1.6 },
    { path: 'M1 8h14', stroke: 1.6 },
  ],
  watch: [{ path: 'M8 2 15 14H1Z', stroke: 1.9 }],
  risk: [{ path: 'M8 1.2 14.8 8 8 14.8 1.2 8Z', stroke: 1.8 }, { path: 'M8 1.2 1.2 8 8 14.8Z' }],
  frozen: [{ path: 'M5 1.2h6L14.8 5v6L11 14.8H5L1.2 11V5Z' }, { path: 'M4.2 8h7.6', stroke: 2.4, cut: true }],
  spent: [{ path: diamond }],
  check: [{ path: 'm2 8.6 4 4.2L14.2 3.6', stroke: 2.1 }],
  'no-data': [{ path: circle(5.6), stroke: 1.6, dash: '2.6 2.2' }],
  unknown: [
    { path: circle(6.2), stroke: 1.3, dash: '2.4 2' },
    { path: 'M6 6.3a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M8 11.4v.4', stroke: 1.5 },
  ],
  undecided: [{ path: circle(5.6), stroke: 1.8, dash: '.1 3.5' }],

  // Marks of change, on charts and in the timeline.
  deploy: [{ path: 'M8 1.5 14.5 14h-13Z' }],
  'roll-back': [{ path: 'M8 14.5 1.5 2h13Z', stroke: 1.8 }],
  flag: [{ path: 'M3.5 15V1.5', stroke: 1.7 }, { path: 'M3.5 1.5 14.5 5 3.5 8.8Z' }],
  configuration: [
    { path: 'M2.5 2.5h11v11h-11Z', stroke: 1.8 },
    { path: 'M2.5 8h11', stroke: 1.8 },
  ],
  drift: [{ path: 'M1 6c2.3-3 4.6-3 7 0s4.7 3 7 0M1 11.5c2.3-3 4.6-3 7 0s4.7 3 7 0', stroke: 1.7 }],
  incident: [{ path: diamond }],
  'near-miss': [{ path: 'M8 1.8 14.2 8 8 14.2 1.8 8Z', stroke: 1.7 }],
  run: [{ path: 'M3.5 2v12l10-6Z', stroke: 1.7 }],
  decision: [{ path: 'M8 15V8M8 8 3 2.5M8 8l5-5.5M3 6V2.5h3.5M13 6V2.5H9.5', stroke: 1.6 }],
  gate: [{ path: 'M2 15V2M14 15V2M2 5h12M2 9.5h12', stroke: 1.6 }],
  page: [
    { path: 'M3 12h10c-1.3-1.2-1.6-2.4-1.6-5a3.4 3.4 0 0 0-6.8 0c0 2.6-.3 3.8-1.6 5Z', stroke: 1.6 },
    { path: 'M6.5 14.4h3', stroke: 1.6 },
  ],
  acknowledged: [
    { path: circle(6.4), stroke: 1.5 },
    { path: 'm5 8.3 2.2 2.3L11.2 6', stroke: 1.7 },
  ],
  role: [
    { path: circle(2.9, 8, 5.2), stroke: 1.6 },
    { path: 'M2.5 14.5c.6-3.3 2.6-4.8 5.5-4.8s4.9 1.5 5.5 4.8', stroke: 1.6 },
  ],
  message: [{ path: 'M2 3h12v8H7l-3 3v-3H2Z', stroke: 1.6 }],

  // Answers in a decision trace: none of them is a state, so none is ever coloured.
  'changed-nothing': [{ path: circle(4.4), stroke: 1.7, hollow: true }],
  'did-not-match': [{ path: 'm3 3 10 10M13 3 3 13', stroke: 2 }],
  'not-asked': [{ path: 'M3 8h10', stroke: 1.8, dash: '2.2 1.8' }],

  // Things one can do or open.
  search: [
    { path: circle(4.6, 7, 7), stroke: 1.6 },
    { path: 'm10.5 10.5 4 4', stroke: 1.6 },
  ],
  book: [
    {
      path: 'M8 4C6.5 2.8 4.5 2.5 2 2.5v10c2.5 0 4.5.3 6 1.5 1.5-1.2 3.5-1.5 6-1.5v-10c-2.5 0-4.5.3-6 1.5Zm0 0v10',
      stroke: 1.5,
    },
  ],
  copy: [{ path: 'M5.5 5.5h8v8h-8ZM3 10.5V2.5h8', stroke: 1.5 }],
  close: [{ path: 'm4 4 8 8M12 4l-8 8', stroke: 1.6 }],
  clock: [
    { path: circle(6.2), stroke: 1.5 },
    { path: 'M8 4.2V8l2.8 1.8', stroke: 1.5 },
  ],
  silence: [
    { path: 'M2.5 6v4H5l3.5 3V3L5 6Z', stroke: 1.5 },
    { path: 'm11 6 4 4M15 6l-4 4', stroke: 1.5 },
  ],
  theme: [{ path: circle(6), stroke: 1.5 }, { path: 'M8 2a6 6 0 0 1 0 12Z' }],
  menu: [{ path: 'M2 4h12M2 8h12M2 12h12', stroke: 1.6 }],
} as const satisfies Readonly<Record<string, readonly Shape[]>>;

export type GlyphName = keyof typeof glyphs;

export const glyphNames = Object.keys(glyphs) as readonly GlyphName[];
