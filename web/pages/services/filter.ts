import type { ServiceEntry } from '../../wire.ts';

/** What the address asks for; empty and null ask for everything. */
export interface ServiceFilter {
  readonly text: string;
  readonly owner: string | null;
  readonly tier: string | null;
}

const textOf = ({ name, title, labels }: ServiceEntry): string =>
  [name, title, ...Object.entries(labels).map(([key, value]) => `${key}:${value}`)].join(' ').toLowerCase();

/** The services that fit all of it, in their order. Every word of the text must stand in the name, the title or a label. */
export function filterServices(services: readonly ServiceEntry[], filter: ServiceFilter): readonly ServiceEntry[] {
  const words = filter.text.toLowerCase().split(/\s+/);
  return services.filter(
    (service) =>
      (filter.owner === null || service.owner.name === filter.owner) &&
      (filter.tier === null || String(service.tier) === filter.tier) &&
      words.every((word) => textOf(service).includes(word)),
  );
}
