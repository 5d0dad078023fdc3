import type { DefinitionsInForce } from '../../platform/definitions/in-force.ts';
import type { Kind } from '../../platform/definitions/kind.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import { type CatalogReaders, catalogRoutes } from './api.ts';
import { serviceKind } from './service.ts';
import { teamKind } from './team.ts';
import { type Catalog, catalogOf } from './view.ts';

export type { Catalog, Service, Team } from './view.ts';

/** The kinds of document that the catalogue brings. */
export const catalogKinds: readonly Kind[] = [teamKind, serviceKind];

/** Reads the catalogue of what is in force; it is worked out once for each revision. */
export function createCatalog(parts: {
  readonly definitions: { inForce(): DefinitionsInForce } & Pick<CatalogReaders, 'historyOf'>;
}): { readonly read: () => Catalog; readonly routes: readonly AnyRoute[] } {
  const { definitions } = parts;
  let last: { readonly revision: number; readonly catalog: Catalog } | undefined;
  const read = (): Catalog => {
    const inForce = definitions.inForce();
    if (last?.revision !== inForce.revision) last = { revision: inForce.revision, catalog: catalogOf(inForce) };
    return last.catalog;
  };
  const historyOf: CatalogReaders['historyOf'] = (kind, name, limit) => definitions.historyOf(kind, name, limit);
  return { read, routes: catalogRoutes({ catalog: read, historyOf }) };
}
