import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { startServerProcess, type TestContext } from '../../app/testing.ts';
import { buildConsole, isConsoleBuilt } from '../../tools/console.mjs';
import { chromiumPath } from '../../tools/requirement.ts';
import type { DefinitionFile } from './fleet.ts';

/** The real program and a real browser, for tests that use the console as a person does. */

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const screensFolder = new URL('../../test-output/screens/', import.meta.url);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Aboard {
  readonly url: string;
  readonly browser: Browser;
  /** The first administrator's one-time link. */
  readonly signInLink: string;
  /** Where the program keeps its journal. */
  readonly data: string;
  /** Messages of the pages' consoles that tell of an error, such as a broken content security policy. */
  readonly errors: readonly string[];
  /** Ends the program, as at night when a machine goes down. */
  sink(): Promise<unknown>;
  /** Opens a page of its own, as on another machine: nobody is signed in there. */
  open(look?: Look): Promise<Page>;
}

/** How a page looks: its width, and the theme of the machine. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'chart' | 'night';
  readonly isTouch?: boolean;
  /** Signs in as another page has. */
  readonly cookiesOf?: BrowserContext;
}

/**
 * Starts the program with an empty journal, and a browser. Both are gone when the test ends.
 * @param flags more flags of `plimsoll serve`
 */
export async function comeAboard(t: TestContext, flags: readonly string[] = []): Promise<Aboard> {
  if (!isConsoleBuilt(projectFolder)) {
    await buildConsole({ folder: projectFolder, node: process.execPath, say: () => {} });
  }
  const server = await startServerProcess(t, { flags });
  assert.ok(server.signInLink !== null, 'an empty journal has a first administrator to be');
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: browserFlags });
  t.after(() => browser.close());
  const errors: string[] = [];
  const open = async (look: Look = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: look.width ?? 1440, height: look.height ?? 1000 },
      colorScheme: look.theme === 'night' ? 'dark' : 'light',
      reducedMotion: 'reduce',
      hasTouch: look.isTouch ?? false,
      isMobile: look.isTouch ?? false,
      ...(look.cookiesOf === undefined ? {} : { storageState: await look.cookiesOf.storageState() }),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    return page;
  };
  const { url, signInLink, data } = server;
  return { url, browser, signInLink, data, errors, sink: () => server.end('SIGKILL'), open };
}

/**
 * One program and one browser for all tests of a suite: starting them takes longer than most tests.
 * @param flags more flags of `plimsoll serve`
 */
export function aboardForSuite(flags: readonly string[] = []): () => Aboard {
  let aboard: Aboard | undefined;
  const cleanings: (() => unknown)[] = [];
  before(async () => {
    aboard = await comeAboard({ after: (clean) => void cleanings.push(clean) }, flags);
  });
  after(async () => {
    for (const clean of cleanings.reverse()) await clean();
  });
  return () => {
    assert.ok(aboard !== undefined, 'a test runs between before and after');
    return aboard;
  };
}

export const keeper = { name: 'Ana Ruiz', email: 'ana@harbour.example', password: 'three masts in the fog' } as const;

/** The first sign-in of an installation: by the link, with name, address and password. */
export async function signInFirst(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Your name').fill(keeper.name);
  await page.getByLabel('E-mail address').fill(keeper.email);
  await page.getByLabel('Password').fill(keeper.password);
  await page.getByRole('button', { name: 'Set it and go on' }).click();
  await page
    .getByRole('navigation', { name: 'Main' })
    .or(page.getByRole('button', { name: 'Where to go' }))
    .first()
    .waitFor();
}

/** Signs in on the page that asks for it. */
export async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(keeper.email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A page on which the first administrator has signed in by password, without the way through the door. */
export async function openAsKeeper(aboard: Aboard, look: Look = {}): Promise<Page> {
  const page = await aboard.open(look);
  const { email, password } = keeper;
  const answer = await page.request.post(`${aboard.url}/api/v1/session`, {
    data: { email, password },
    headers: { origin: aboard.url },
  });
  assert.equal(answer.status(), 200, await answer.text());
  await page.goto(aboard.url);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Posts to the API, in the name of whoever is signed in on a page. */
async function post(page: Page, path: string, body: object): Promise<void> {
  const status = await page.evaluate(
    async ({ path, body }) => {
      const session = (await (await fetch('/api/v1/session')).json()) as { csrfToken: string };
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-plimsoll-csrf': session.csrfToken },
        body: JSON.stringify(body),
      });
      return response.ok ? 'done' : await response.text();
    },
    { path, body },
  );
  assert.equal(status, 'done');
}

/** Applies definitions. */
export const applyDefinitions = (page: Page, files: readonly DefinitionFile[]): Promise<void> =>
  post(page, '/api/v1/definitions/apply', { files });

/** Makes a token, for lists that must not be empty. */
export const createToken = (page: Page, title: string): Promise<void> =>
  post(page, '/api/v1/tokens', { title, role: 'viewer', scope: { kind: 'all' }, expiresInDays: 90 });

/** Which of axe's rules are asked: those about colours cost most of its time, and only they depend on the theme. */
export type Rules = 'all' | 'of colours' | 'all but of colours';

/** What axe finds on a page, in words; empty is good. WCAG 2.2 AA and axe's own best practices. */
export async function findingsOf(page: Page, rules: Rules = 'all'): Promise<readonly string[]> {
  // The page's policy forbids inline script, and is right to: axe comes in through the debugger instead.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async (asked) => {
    interface Found {
      readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly html: string }[];
      }[];
    }
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<Found> } };
    // Of axe's rules about colours, color-contrast-enhanced asks for AAA.
    const ofColours = ['color-contrast', 'link-in-text-block'];
    const wanted = {
      all: {},
      'of colours': { runOnly: ofColours },
      'all but of colours': { rules: Object.fromEntries(ofColours.map((rule) => [rule, { enabled: false }])) },
    }[asked];
    const { violations } = await axe.run({ resultTypes: ['violations'], ...wanted });
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    );
  }, rules);
}

/** Keeps a picture for people to look at, `test-output/screens/NAME.png`, where somebody asked: `npm run screens`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.PLIMSOLL_SCREENS !== 'keep') return;
  mkdirSync(screensFolder, { recursive: true });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, screensFolder)), fullPage: true });
}
