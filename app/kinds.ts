import { catalogKinds } from '../capabilities/catalog/index.ts';
import { createRegistry, type Registry } from '../platform/definitions/index.ts';

/** The kinds of document of all capabilities: what `check` knows without a server, and the server too. */
export const registry: Registry = createRegistry([...catalogKinds]);
