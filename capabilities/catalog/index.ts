import type { DefinitionsInForce } from '../../platform/definitions/in-force.ts';
import type { Kind } from '../../platform/definitions/kind.ts';
import { serviceKind } from './service.ts';
import { teamKind } from './team.ts';
import { type Catalog, catalogOf } from './view.ts';

export { type CatalogReaders, catalogRoutes } from './api.ts';
export type { Catalog, Service, Team } from './view.ts';

/** The kinds of document that the catalogue brings. */
export const catalogKinds: readonly Kind[] = [teamKind, serviceKind];

/** Reads the catalogue of what is in force; worked out once for each revision. */
export function catalogReader(inForce: () => DefinitionsInForce): () => Catalog {
  let last: { readonly revision: number; readonly catalog: Catalog } | undefined;
  return () => {
    const definitions = inForce();
    if (last?.revision !== definitions.revision) {
      last = { revision: definitions.revision, catalog: catalogOf(definitions) };
    }
    return last.catalog;
  };
}

/** The team that owns a service, for grants scoped to a team; null when there is no such service. */
export const ownerOf = (catalog: Catalog, service: string): string | null =>
  catalog.services.get(service)?.owner.name ?? null;
