import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { HttpRequest, HttpResponse } from './exchange.ts';
import { decodePiece } from './query.ts';
import { commonHeaders } from './response.ts';

type Coding = 'identity' | 'br' | 'gzip';

interface ConsoleFile {
  readonly type: string;
  readonly tag: string;
  /** The same bytes in the codings that the build left beside the file. */
  readonly bytes: Readonly<Partial<Record<Coding, Uint8Array>>>;
}

/** The console's files by their path, `/assets/index-4f2a9c1b.js`; null when it was not built. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile> | null;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const codingByEnding: Readonly<Record<string, Coding>> = { '.br': 'br', '.gz': 'gzip' };

/**
 * Nothing inline, nothing from elsewhere: what a page of ours shows cannot become script. Styles that Preact sets go through
 * the object model, which this allows; `data:` images are the small ones that the build puts into the style sheet.
 * https://www.w3.org/TR/CSP3/
 */
export const pagePolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** First steps of paths that programs use: a wrong one is answered with a problem, never with a page. */
const programPaths: ReadonlySet<string> = new Set(
  'api healthz readyz metrics v1 prometheus alertmanager pagerduty ofrep hooks mcp'.split(' '),
);

/** The build names files by their content, so that their name never means anything else: `index-4f2a9c1b.js`. */
const isHashed = (path: string): boolean => /^\/assets\/.*-[\w-]{8,}\.\w+$/.test(path);

const tagOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 22);

const listFiles = async (folder: string): Promise<readonly string[] | null> => {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/**
 * Reads the built console into memory once. It is small, and a request can then only name what the build made: there is no
 * path to escape from the folder by.
 */
export async function readConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const names = await listFiles(folder);
  if (names === null || !names.includes(join(folder, 'index.html'))) return null;
  const files = new Map<string, ConsoleFile>();
  for (const name of names.filter((one) => codingByEnding[extname(one)] === undefined)) {
    const identity = await readFile(name);
    const bytes: Partial<Record<Coding, Uint8Array>> = { identity };
    for (const [ending, coding] of Object.entries(codingByEnding)) {
      if (names.includes(name + ending)) bytes[coding] = await readFile(name + ending);
    }
    const path = `/${relative(folder, name).split(sep).join('/')}`;
    files.set(path, { type: types[extname(name)] ?? 'application/octet-stream', tag: tagOf(identity), bytes });
  }
  return files;
}

const codingFor = (file: ConsoleFile, accepted: string | undefined): Coding => {
  const offers = (accepted ?? '').split(',').filter((offer) => !/;\s*q=0(\.0*)?\s*$/.test(offer));
  const names = offers.map((offer) => offer.split(';')[0]?.trim().toLowerCase());
  for (const coding of ['br', 'gzip'] as const) {
    if (file.bytes[coding] !== undefined && names.includes(coding)) return coding;
  }
  return 'identity';
};

const fileResponse = (path: string, file: ConsoleFile, request: HttpRequest): HttpResponse => {
  const coding = codingFor(file, request.headers['accept-encoding']);
  const tag = `"${file.tag}-${coding}"`;
  const headers = {
    ...commonHeaders,
    'content-security-policy': pagePolicy,
    'content-type': file.type,
    'cache-control': isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    etag: tag,
    ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
  };
  const isKnown = request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag) === true;
  if (isKnown) return { kind: 'whole', status: 304, headers, cookies: [], body: '' };
  return { kind: 'whole', status: 200, headers, cookies: [], body: file.bytes[coding] ?? '' };
};

const notBuilt: HttpResponse = {
  kind: 'whole',
  status: 503,
  headers: { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  cookies: [],
  body: 'The console is not built. Stop the server and run "npm start", which builds it; the API answers meanwhile.\n',
};

/** True for a path that a person typed or followed: the console finds out itself what to show there. */
const isPage = (path: string, request: HttpRequest): boolean => {
  const isProgram = programPaths.has(path.split('/')[1] ?? '');
  return !isProgram && extname(path) === '' && request.headers.accept?.includes('text/html') === true;
};

/** Answers with a file of the console, or with its first page where a person opens a path of it; null for anything else. */
export const consolePages =
  (files: ConsoleFiles) =>
  (request: HttpRequest): HttpResponse | null => {
    const path = decodePiece(request.path);
    if (path === null) return null;
    const file = files?.get(path);
    if (file !== undefined) return fileResponse(path, file, request);
    if (!isPage(path, request)) return null;
    const index = files?.get('/index.html');
    return index === undefined ? notBuilt : fileResponse('/index.html', index, request);
  };
