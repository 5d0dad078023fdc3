/** A fact as the console holds it, whether it came live or in a page of the audit. */
export interface ToldFact {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  readonly subject: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads what a fact says under a name; facts are told by words, so anything unexpected becomes empty rather than a crash. */
export const textIn = (fact: ToldFact, name: string): string => {
  const value = fact.data[name];
  return typeof value === 'string' ? value : '';
};

export const numberIn = (fact: ToldFact, name: string): number | null => {
  const value = fact.data[name];
  return typeof value === 'number' ? value : null;
};

export const textsIn = (fact: ToldFact, name: string): readonly string[] => {
  const value = fact.data[name];
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
};

/** The noun of a subject: `service` of `service/checkout`. */
export const nounIn = (subject: string): string => subject.split('/', 1)[0] ?? '';

/** What comes behind the noun: `checkout` of `service/checkout`, `Service/checkout` of `definition/Service/checkout`. */
export const idIn = (subject: string): string => subject.slice(subject.indexOf('/') + 1);
