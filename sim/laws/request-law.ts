import { type Law, nameOf, requestOf } from './law.ts';

/** No space: the one answer from 500 upwards that promises that nothing was done. */
const noSpaceStatus = 507;

const isRefusal = (status: number): boolean => (status >= 400 && status < 500) || status === noSpaceStatus;

/** A refused request changes nothing: no fact names it as its cause. */
export const refusalLaw: Law = (evidence) =>
  evidence.facts.flatMap((fact) => {
    const request = requestOf(evidence, fact);
    if (request === undefined || !isRefusal(request.status)) return [];
    return [`${nameOf(fact)}: its request, ${request.method} ${request.path}, was refused with ${request.status}`];
  });

/** Reading changes nothing either. */
export const readingLaw: Law = (evidence) =>
  evidence.facts.flatMap((fact) => {
    const request = requestOf(evidence, fact);
    const isReading = request?.method === 'GET' || request?.method === 'HEAD';
    return isReading ? [`${nameOf(fact)}: its request only read, ${request.method} ${request.path}`] : [];
  });

/** Personal data and secrets never stand in the journal. */
export const hygieneLaw: Law = ({ facts, secrets }) =>
  facts.flatMap((fact) => {
    const text = JSON.stringify(fact).toLowerCase();
    const found = [...secrets].filter((secret) => text.includes(secret.toLowerCase()));
    return found.map((secret) => `${nameOf(fact)}: holds ${JSON.stringify(secret)}, which no fact may`);
  });

/** Erased means gone: nothing that was known of an erased person stands in the records. */
export const erasureLaw: Law = ({ records, erased }) =>
  [...erased].filter((text) => records.includes(text)).map((text) => `the records still hold ${JSON.stringify(text)}`);
