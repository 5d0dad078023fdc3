import type { ComponentType } from 'preact';
import { matchPath, type PathParameters } from '../paths.ts';
import { AuditPage } from './audit.tsx';
import { BridgePage } from './bridge.tsx';
import { DefinitionsPage } from './definitions.tsx';
import { KeysPage } from './keys.tsx';
import { MinePage } from './mine.tsx';
import { NotFoundPage } from './not-found.tsx';
import { PeoplePage } from './people.tsx';
import { ServicePage } from './service.tsx';
import { ServicesPage } from './services.tsx';
import { StyleguideDoor } from './styleguide-door.tsx';
import { TeamPage } from './team.tsx';
import { TokensPage } from './tokens.tsx';

export type PageProps = { readonly parameters: PathParameters };

interface Route {
  readonly pattern: string;
  readonly page: ComponentType<PageProps>;
}

/** Every address of the console; those of the sign-in stand in `app.tsx`, because they have no frame. */
const routes: readonly Route[] = [
  { pattern: '/', page: BridgePage },
  { pattern: '/services', page: ServicesPage },
  { pattern: '/services/:service', page: ServicePage },
  { pattern: '/teams/:team', page: TeamPage },
  { pattern: '/definitions', page: DefinitionsPage },
  { pattern: '/audit', page: AuditPage },
  { pattern: '/tokens', page: TokensPage },
  { pattern: '/people', page: PeoplePage },
  { pattern: '/mine', page: MinePage },
  { pattern: '/keys', page: KeysPage },
  { pattern: '/styleguide', page: StyleguideDoor },
];

/** The page of an address, with its parameters. */
export function routeAt(path: string): {
  readonly page: ComponentType<PageProps>;
  readonly parameters: PathParameters;
} {
  for (const { pattern, page } of routes) {
    const parameters = matchPath(pattern, path);
    if (parameters !== null) return { page, parameters };
  }
  return { page: NotFoundPage, parameters: {} };
}
