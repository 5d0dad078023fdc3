import { fileURLToPath } from 'node:url';

/** Where the build of the console stands. */
export const consoleFolder = fileURLToPath(new URL('../web/dist', import.meta.url));
