import type { Fact } from '../../kernel/fact.ts';
import type { Millis } from '../../kernel/time.ts';
import { type Evidence, type Law, nameOf, requestOf, type SeenRequest } from './law.ts';
import {
  hasSession,
  holdsRole,
  isSelf,
  keepersOf,
  learn,
  modelOf,
  type PowerModel,
  type RoleName,
  roleOrder,
  userOf,
} from './power-model.ts';

/** Whether an actor may cause a fact, as the world is. */
type Rule = (model: PowerModel, fact: Fact, at: Millis) => boolean;

const needs =
  (role: RoleName): Rule =>
  (model, fact, at) =>
    holdsRole(model, fact.actor, role, at) && hasSession(model, fact.actor, at);

/** The last moment of what a fact hands on. */
const lastMomentOf = ({ data }: Fact): Millis => Number(data.until ?? data.expiresAt ?? Number.POSITIVE_INFINITY) - 1;

/** Nobody hands on more than they hold: neither a higher role nor a later end. */
const handsOn: Rule = (model, fact, at) =>
  needs('admin')(model, fact, at) &&
  [at, lastMomentOf(fact)].every((moment) => holdsRole(model, fact.actor, fact.data.role as RoleName, moment));

const self: Rule = (model, { actor, subject, data }) => isSelf(model, actor, userOf(subject, data));
const selfOrAdmin: Rule = (model, fact, at) => self(model, fact, at) || needs('admin')(model, fact, at);
const anybody: Rule = () => true;
const program: Rule = (_model, { actor }) => actor.startsWith('system:');

/** A link for somebody who holds nothing hands nothing on. */
const leadsSomewhere: Rule = (model, { data }, at) => holdsRole(model, `user:${data.user}`, 'viewer', at);

interface FactRule {
  readonly may: Rule;
  /**
   * Whether a power is handed on: it must then be held when the fact is appended. Elsewhere it is enough to have held it
   * at some moment since the request arrived.
   */
  readonly isStrict?: Rule;
}

/** Every type of fact, and who may cause it. A type that is not here breaks the law: say who may, when adding one. */
const rules: Readonly<Record<string, FactRule>> = {
  'user.created': { may: needs('admin'), isStrict: anybody },
  'user.grant-added': { may: handsOn, isStrict: anybody },
  'user.grant-removed': { may: needs('admin') },
  'user.disabled': { may: needs('admin') },
  'user.erased': { may: needs('admin') },
  'user.details-changed': { may: selfOrAdmin },
  'user.password-changed': { may: self, isStrict: anybody },
  'session.started': { may: self, isStrict: anybody },
  // To end a session takes nothing away from the laws, and goes on after somebody was disabled.
  'session.ended': { may: anybody },
  'token.created': { may: handsOn, isStrict: anybody },
  'token.revoked': { may: needs('admin') },
  'sign-in-link.issued': { may: needs('admin'), isStrict: leadsSomewhere },
  'sign-in-link.used': { may: self, isStrict: anybody },
  'sign-in-link.lapsed': { may: program },
  'access.refusals-counted': { may: program },
  'definition.set': { may: needs('maintainer') },
  'definition.removed': { may: needs('maintainer') },
  'definitions.revision-applied': { may: needs('maintainer') },
};

/** When a fact's request arrived, at the earliest: one whose end nobody saw may have come at any time since the start. */
function arrivalOf(evidence: Evidence, fact: Fact): Pick<SeenRequest, 'arrivedAfter' | 'arrivedAt'> {
  const request = requestOf(evidence, fact);
  if (request !== undefined) return request;
  return { arrivedAfter: evidence.startedAfter.findLast((seq) => seq < fact.seq) ?? 0, arrivedAt: fact.at };
}

/** True when the rule held at some moment between the arrival of the fact's request and the fact. */
function heldSinceArrival(rule: Rule, fact: Fact, evidence: Evidence): boolean {
  const { arrivedAfter, arrivedAt } = arrivalOf(evidence, fact);
  for (let seq = arrivedAfter; seq < fact.seq; seq += 1) {
    if (rule(modelOf(evidence.facts.slice(0, seq)), fact, Math.min(arrivedAt, fact.at))) return true;
  }
  return false;
}

/** Nobody without a permission gets a fact appended; what an actor may do is told by an independent model. */
export const powerLaw: Law = (evidence) => {
  const model = modelOf([]);
  const breaches: string[] = [];
  for (const fact of evidence.facts) {
    const rule = rules[fact.type];
    if (rule === undefined) breaches.push(`${nameOf(fact)}: no rule says who may cause this type`);
    // What one request appends together, it is allowed together: a person is created before their grant is.
    else if (!rule.may(model, fact, fact.at)) {
      const isStrict = rule.isStrict?.(model, fact, fact.at) ?? false;
      const wasHeld = !isStrict && heldSinceArrival(rule.may, fact, evidence);
      if (!wasHeld) breaches.push(`${nameOf(fact)}: this actor may not do that`);
    }
    learn(model, fact);
  }
  return breaches;
};

/** Once there is an admin of everything without an end, there always is one. */
export const keeperLaw: Law = ({ facts }) => {
  const model = modelOf([]);
  const breaches: string[] = [];
  let before = 0;
  for (const fact of facts) {
    learn(model, fact);
    const keepers = keepersOf(model);
    if (before > 0 && keepers === 0) breaches.push(`${nameOf(fact)}: the last ${roleOrder.at(-1)} is gone`);
    before = keepers;
  }
  return breaches;
};
