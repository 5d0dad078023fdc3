import { inForceLaw, revisionLaw } from './definitions-law.ts';
import type { Evidence, Law } from './law.ts';
import { linkLaw, onceLaw } from './once-law.ts';
import { keeperLaw, powerLaw } from './power-law.ts';
import { erasureLaw, hygieneLaw, readingLaw, refusalLaw } from './request-law.ts';

/** Every law that is held against the facts; `README.md` says each in a sentence. */
export const laws: readonly Law[] = [
  powerLaw,
  keeperLaw,
  onceLaw,
  linkLaw,
  inForceLaw,
  revisionLaw,
  refusalLaw,
  readingLaw,
  hygieneLaw,
  erasureLaw,
];

/** The breaches of all laws. */
export const breachesOf = (evidence: Evidence): readonly string[] => laws.flatMap((law) => law(evidence));
