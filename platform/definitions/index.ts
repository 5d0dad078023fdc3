/** What others use of the definitions. */
export { definitionRoutes } from './api.ts';
export { type CheckReport, check } from './check.ts';
export {
  type ApplyResult,
  createDefinitions,
  type Definitions,
  type RevisionReport,
  type SentFiles,
} from './definitions.ts';
export { documentFold, type InForceDocument, revisionFold } from './facts.ts';
export { type FolderContent, loadFolder } from './folder.ts';
export type { HistoryEntry } from './history.ts';
export type { DefinitionsInForce } from './in-force.ts';
export type { DefinitionFile } from './reading.ts';
export { createRegistry, type Registry } from './registry.ts';
export { type FolderWatch, type WatchTiming, watchFolder, watchTimingDefaults } from './watch.ts';
