import type { JsonObject } from '../../kernel/json.ts';
import { type Examination, type InForce, placeOf, rulesOf } from './check.ts';
import type { Fault, RuleFault } from './kind.ts';
import type { DocumentReading } from './reading.ts';
import type { Registry } from './registry.ts';
import { recordingView, viewOf } from './view.ts';

/** What of a text comes into force. */
export interface Settlement {
  /** By `Kind/name`; some may say what is in force already. */
  readonly adopted: ReadonlyMap<string, DocumentReading>;
  /** Documents that have to wait through no fault of their own, each with what it waits for. */
  readonly held: readonly Fault[];
}

/**
 * Chooses, of the good documents of a text that has faults elsewhere, those that can come into force without breaking a rule.
 * It starts from all of them over what is in force, and takes back: a document whose rules fail waits; where the rules of one
 * fail that is in force and was not touched, the new ones that it asked about wait. Taking back only ever leads towards what is in
 * force, which holds together, so this ends. A change wakes only those who asked about it.
 */
class Settling {
  readonly #inForce: InForce;
  readonly #registry: Registry;
  readonly #examination: Examination;
  readonly #proposed: Map<string, DocumentReading>;
  readonly #bodies = new Map<string, JsonObject>();
  readonly #askers = new Map<string, Set<string>>();
  readonly #waiting: Set<string>;
  readonly #held: Fault[] = [];

  constructor(examination: Examination, registry: Registry, inForce: InForce) {
    this.#inForce = inForce;
    this.#registry = registry;
    this.#examination = examination;
    this.#proposed = new Map(examination.good);
    for (const [key, document] of inForce) this.#bodies.set(key, document.body);
    for (const [key, reading] of this.#proposed) this.#bodies.set(key, reading.body);
    this.#waiting = new Set(this.#bodies.keys());
  }

  run(): Settlement {
    const view = viewOf(this.#bodies);
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      const body = this.#bodies.get(key);
      if (body === undefined) continue;
      const asked = new Set<string>();
      const recording = recordingView(view, (name) => asked.add(name));
      const faults = rulesOf(this.#registry, kindOf(key), body, recording);
      for (const name of asked) this.#askers.set(name, (this.#askers.get(name) ?? new Set()).add(key));
      const fault = faults[0];
      if (fault !== undefined) this.#giveWay(key, fault, asked);
    }
    return { adopted: this.#proposed, held: this.#held };
  }

  #giveWay(key: string, fault: RuleFault, asked: ReadonlySet<string>): void {
    if (this.#proposed.has(key)) {
      this.#takeBack(key, fault, asked);
      return;
    }
    // It was as faulty before (a rule has become stricter since): nothing in this text is to blame.
    const body = this.#inForce.get(key)?.body ?? {};
    if (rulesOf(this.#registry, kindOf(key), body, viewOf(bodiesOf(this.#inForce))).length > 0) return;
    const blamed = [...asked].filter((name) => this.#proposed.has(name));
    for (const name of blamed.length > 0 ? blamed : [...this.#proposed.keys()])
      this.#takeBack(name, fault, new Set([key]));
  }

  #takeBack(key: string, fault: RuleFault, asked: ReadonlySet<string>): void {
    const reading = this.#proposed.get(key);
    if (reading === undefined) return;
    this.#proposed.delete(key);
    const before = this.#inForce.get(key);
    if (before === undefined) this.#bodies.delete(key);
    else this.#bodies.set(key, before.body);
    // Where its own rules fail in the text as well, the text's fault says so already.
    if (!this.#examination.blamed.has(key))
      this.#held.push(reading.faultAt('', `not in force yet: ${fault.message}${this.#faultyAmong(asked)}`));
    for (const name of [key, ...(this.#askers.get(key) ?? []), ...(this.#askers.get(`${kindOf(key)}/*`) ?? [])]) {
      this.#waiting.add(name);
    }
  }

  /** Where a document is that is declared, and could not come into force for faults of its own. */
  #faultyAmong(asked: ReadonlySet<string>): string {
    const faulty = [...asked].find((name) => this.#examination.faulty.has(name));
    const reading = faulty === undefined ? undefined : this.#examination.faulty.get(faulty);
    return reading === undefined ? '' : ` It is declared at ${placeOf(reading)}, with faults; mend those first.`;
  }
}

const kindOf = (key: string): string => key.slice(0, key.indexOf('/'));

const bodiesOf = (inForce: InForce): ReadonlyMap<string, JsonObject> =>
  new Map([...inForce].map(([key, document]) => [key, document.body]));

/** Which documents of a text come into force; all of them when it has no fault. Pure. */
export function settle(examination: Examination, registry: Registry, inForce: InForce): Settlement {
  if (examination.faults.length === 0) return { adopted: examination.good, held: [] };
  return new Settling(examination, registry, inForce).run();
}
