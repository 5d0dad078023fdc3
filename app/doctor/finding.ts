import { CommandFailure } from '../command.ts';

/** What one look at the installation found. */
export interface Finding {
  /** What was looked at: `Data folder`. */
  readonly about: string;
  readonly state: 'well' | 'note' | 'trouble';
  /** One sentence a person understands; with the next step where there is trouble. */
  readonly words: string;
}

/** One look. It never throws: what goes wrong while looking is a finding too. */
export interface Check {
  readonly about: string;
  look(): Promise<Omit<Finding, 'about'>>;
}

export const well = (words: string): Omit<Finding, 'about'> => ({ state: 'well', words });
export const note = (words: string): Omit<Finding, 'about'> => ({ state: 'note', words });
export const trouble = (words: string): Omit<Finding, 'about'> => ({ state: 'trouble', words });

/** Looks at everything, one after the other, so that one check does not disturb the next. */
export async function examine(checks: readonly Check[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push({ about: check.about, ...(await lookSafely(check)) });
  return findings;
}

async function lookSafely(check: Check): Promise<Omit<Finding, 'about'>> {
  try {
    return await check.look();
  } catch (failure) {
    if (failure instanceof CommandFailure) return trouble(failure.message);
    return trouble(`could not be looked at: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}
