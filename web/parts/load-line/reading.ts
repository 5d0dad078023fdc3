/**
 * What a load line shows. All shares are percent of the error budget of the window: 0 is the keel, 100 the deck line.
 */

/** Where the policy of a budget acts, 0 to 100 percent spent, rising: R, C and F on the plate. */
export type Marks = {
  /** R: every change needs a second review. */
  readonly review: number;
  /** C: changes go out as canaries only. */
  readonly canary: number;
  /** F: nothing goes out but what mends. The disc lies on it: the load line in force. */
  readonly freeze: number;
};

export const seasons = ['summer', 'winter', 'north-atlantic'] as const;
export type Season = (typeof seasons)[number];

export type SeasonMarks = Readonly<Record<Season, Marks>>;

/** A rougher season, a lower comb. A budget policy may set its own figures. */
export const marksBySeason: SeasonMarks = {
  summer: { review: 50, canary: 75, freeze: 90 },
  winter: { review: 40, canary: 60, freeze: 80 },
  'north-atlantic': { review: 25, canary: 45, freeze: 65 },
};

/** The season in force unless a calendar says otherwise. */
export const seasonDefault: Season = 'winter';

export type Reading = Measured | Stale | { readonly kind: 'unknown' };

export type Measured = {
  readonly kind: 'measured';
  /** Percent of the budget spent in the window; over 100 when it is exhausted. */
  readonly spent: number;
  /** How many times faster than even the budget burns, over the last hour. */
  readonly burn: number;
  readonly season?: Season;
  /** Own marks of the policy for every season; otherwise the usual ones. */
  readonly policy?: SeasonMarks;
  /** Where the burn of the last hour leads, such as `{ spent: 87, when: 'in 3 h' }`. */
  readonly forecast?: { readonly spent: number; readonly when: string };
  /** A person or the calendar froze it, whatever the water says. */
  readonly frozenByDecision?: boolean;
};

export type Stale = {
  readonly kind: 'no-data';
  /** The last known share. */
  readonly spent: number;
  /** How long there has been no data, in words: "14 min". */
  readonly age: string;
  readonly season?: Season;
  readonly policy?: SeasonMarks;
};

export const seasonOf = (reading: Measured | Stale): Season => reading.season ?? seasonDefault;

export const policyOf = (reading: Measured | Stale): SeasonMarks => reading.policy ?? marksBySeason;

/** The marks in force. */
export const marksOf = (reading: Measured | Stale): Marks => policyOf(reading)[seasonOf(reading)];
