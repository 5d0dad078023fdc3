/**
 * Limits of what a definitions folder or request may hold. They are far above what teams write by hand, and low enough that
 * hostile text costs neither the memory nor the event loop of a server that pages people.
 */

/** Checked before a file is read, so that a bomb of 50 MB is refused by its size alone. */
export const fileBytesMax = 4 * 1024 * 1024;
/** Words and signs of one YAML file: what its reading costs. 5,000 services in one file have some 800,000. */
export const fileTokenCountMax = 1_000_000;
/** Files of one folder or one request. */
export const fileCountMax = 10_000;
/** All files of one folder or one request together. */
export const totalBytesMax = 32 * 1024 * 1024;
/** Documents of one folder or one request. */
export const documentCountMax = 10_000;
/** Characters of one document as it was written, and again with its aliases written out. */
export const documentCharactersMax = 256 * 1024;
/** Values (maps, lists, scalars) of one document with its aliases written out. */
export const documentValueCountMax = 20_000;
/** How deep maps and lists may nest. */
export const documentDepthMax = 64;
/** Length of a path below the definitions folder. */
export const pathCharactersMax = 512;
/** Folders inside folders. */
export const folderDepthMax = 32;
/** Faults that are listed; the last one then says how many more there are. */
export const faultCountMax = 500;
/** Wrong references that get a "did you mean"; each is compared with all names of its kind. */
export const suggestionCountMax = 100;
/** Changed places that one revision fact lists; the documents' own facts list theirs. */
export const diffEntryCountMax = 200;
/** Facts of one revision: what the journal takes in one batch. A test holds it to the journal's own number. */
export const revisionFactCountMax = 10_000;
