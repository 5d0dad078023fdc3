import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { type TestContext, temporaryFolder } from '../../app/testing.ts';
import { leftOutWithout } from '../../tools/requirement.ts';
import { fleetFiles, longFleetFiles, longName } from './fleet.ts';
import {
  type Aboard,
  aboardForSuite,
  applyDefinitions,
  createToken,
  findingsOf,
  keepPicture,
  type Look,
  openAsKeeper,
  signInFirst,
} from './support.ts';

const needed = { skip: leftOutWithout('chromium') };

/** Every page of the console, by the name of its picture; `ready` is the text that tells that it is there. */
const pages: readonly { readonly name: string; readonly path: string; readonly ready: string | RegExp }[] = [
  { name: 'bridge', path: '/', ready: 'Nobody can tell yet.' },
  { name: 'services', path: '/services', ready: 'Six services, none with an objective yet' },
  { name: 'service', path: '/services/checkout', ready: /^checkout/ },
  { name: 'service-unknown', path: '/services/chekout', ready: 'No service is called chekout' },
  { name: 'team', path: '/teams/storefront', ready: 'Storefront answers for 3 services' },
  { name: 'definitions', path: '/definitions', ready: 'All that is written is in force' },
  { name: 'audit', path: '/audit', ready: 'Today' },
  { name: 'tokens', path: '/tokens', ready: 'One program may come in' },
  { name: 'token-new', path: '/tokens?new=yes', ready: 'What it is for' },
  { name: 'people', path: '/people', ready: 'One person may sign in' },
  { name: 'mine', path: '/mine', ready: 'What I may do' },
  { name: 'keys', path: '/keys', ready: 'Everything goes without a mouse' },
  { name: 'not-found', path: '/nowhere', ready: 'Nothing is charted here' },
];

/** Shows every part in both themes at once, so looking at it in one theme is enough; its colours are the same at each width. */
const styleguide = { name: 'styleguide', path: '/styleguide', ready: 'ink on paper' } as const;

const widths: readonly (Look & { readonly width: number })[] = [
  { width: 1440, height: 1000 },
  { width: 360, height: 740, isTouch: true },
];

const themes = ['chart', 'night'] as const;

describe('pages', needed, () => {
  const suite = aboardForSuite();

  test('the door: axe finds nothing, and the first bytes are under 200 kB compressed', async (t) => {
    const aboard = suite();
    for (const look of widths) {
      const page = await aboard.open(look);
      const bytes = await bytesOf(page, `${aboard.url}/sign-in`);
      const viewMs = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      );
      t.diagnostic(
        `${look.width} px: first bytes ${Math.round(bytes / 1000)} kB, first view after ${Math.round(viewMs)} ms`,
      );
      assert.ok(bytes > 10_000 && bytes < 200_000, `${bytes} bytes`);
      assert.deepEqual(await lookAt(page, { name: 'sign-in', width: look.width }), []);
      await page.context().close();
    }
  });

  test('an empty installation: its pages teach, on a phone too, and the command they show works', async (t) => {
    const aboard = suite();
    const phone = await aboard.open(widths[1]);
    await signInFirst(phone, aboard.signInLink);
    for (const path of ['/services', '/definitions', '/']) {
      await phone.goto(aboard.url + path);
      await phone.getByText('mkdir -p ops/catalog').waitFor();
      assert.deepEqual(await findingsOf(phone), [], path);
      await keepPicture(phone, `${path.slice(1) || 'bridge'}-empty-chart-360`);
    }
    const command = await phone.getByRole('group', { name: 'Declares a first team and a first service' }).innerText();
    assert.match(runInClone(t, aboard, command), /Revision 1 is in force, 2 changes/);
    await phone.getByRole('link', { name: /^checkout: unknown/ }).waitFor();

    await phone.getByRole('button', { name: 'Where to go' }).click();
    await phone.getByRole('dialog', { name: 'Where to go' }).waitFor();
    await keepPicture(phone, 'sheet-chart-360');
    await phone.getByRole('link', { name: 'People' }).click();
    await phone.getByRole('heading', { level: 1, name: 'One person may sign in' }).waitFor();
    assert.equal(await phone.getByRole('dialog', { name: 'Where to go' }).isVisible(), false);
  });

  test('every page, both themes, desk and phone: axe finds nothing, nothing is cut off', async () => {
    const aboard = suite();
    const keeperPage = await openAsKeeper(aboard);
    await applyDefinitions(keeperPage, fleetFiles);
    await createToken(keeperPage, 'definitions from the pipeline of the checkout team');
    const found = await Promise.all(
      widths.map((look) => lookAtAll(aboard, { ...look, cookiesOf: keeperPage.context() })),
    );
    assert.deepEqual(found.flat(), []);
    const expected = /401|404/;
    assert.deepEqual(
      aboard.errors.filter((error) => !expected.test(error)),
      [],
    );
  });

  test('a fleet of two hundred, names of sixty characters: the bridge stays one look', async () => {
    const aboard = suite();
    const phone = await openAsKeeper(aboard, { width: 360, height: 740, isTouch: true });
    await applyDefinitions(phone, longFleetFiles);
    await phone.getByRole('link', { name: '182 more services in the catalogue' }).waitFor();
    const wrong: string[] = [];
    for (const path of ['/', `/services/${longName}`, '/services', '/definitions', '/audit']) {
      await phone.goto(aboard.url + path);
      await phone.getByText(longName).first().waitFor({ state: 'attached' });
      const cutOff = await cutOffOf(phone, 360);
      if (cutOff > 0) wrong.push(`${path}: is ${cutOff} px wider than the screen`);
      await keepPicture(phone, `long-fleet-${path.split('/')[1] || 'bridge'}-chart-360`);
    }
    assert.deepEqual(wrong, []);
  });
});

/** What the network carries for a first visit, compressed. */
async function bytesOf(page: Page, address: string): Promise<number> {
  let bytes = 0;
  const inspector = await page.context().newCDPSession(page);
  await inspector.send('Network.enable');
  inspector.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(address);
  await page.getByLabel('Password').waitFor();
  await page.waitForLoadState('networkidle');
  return bytes;
}

/** By how many pixels a page is wider than the screen. */
const cutOffOf = async (page: Page, width: number): Promise<number> =>
  (await page.evaluate(() => document.documentElement.scrollWidth)) - width;

/** Looks at the page that is open, in both themes; gives what is wrong, in words. A theme changes colours and nothing else. */
async function lookAt(page: Page, { name, width }: { name: string; width: number }): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme === 'night' ? 'dark' : 'light' });
    for (const finding of await findingsOf(page, theme === 'chart' ? 'all' : 'of colours')) {
      wrong.push(`${name}, ${theme}: ${finding}`);
    }
    await keepPicture(page, `${name}-${theme}-${width}`);
  }
  const cutOff = await cutOffOf(page, width);
  return cutOff > 0 ? [...wrong, `${name}: is ${cutOff} px wider than the screen`] : wrong;
}

/** Looks at every page at one width; gives what is wrong, in words. */
async function lookAtAll(aboard: Aboard, look: Look & { readonly width: number }): Promise<readonly string[]> {
  const page = await aboard.open(look);
  const wrong: string[] = [];
  for (const { name, path, ready } of pages) {
    await page.goto(aboard.url + path);
    await page.getByText(ready).first().waitFor();
    wrong.push(...(await lookAt(page, { name, width: look.width })));
  }
  await page.goto(aboard.url + styleguide.path);
  await page.getByText(styleguide.ready).first().waitFor();
  wrong.push(...(await findingsOf(page, look.isTouch ? 'all but of colours' : 'all')));
  const cutOff = await cutOffOf(page, look.width);
  if (cutOff > 0) wrong.push(`${styleguide.name}: is ${cutOff} px wider than the screen`);
  await keepPicture(page, `${styleguide.name}-chart-${look.width}`);
  await page.context().close();
  return wrong;
}

/**
 * Runs a command as somebody who copied it from the page: in a folder where npx finds plimsoll, beside the data.
 * @returns what it printed
 */
function runInClone(t: TestContext, { data }: Aboard, command: string): string {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(
    fileURLToPath(new URL('../../bin/plimsoll.mjs', import.meta.url)),
    join(folder, 'node_modules/.bin/plimsoll'),
  );
  symlinkSync(data, join(folder, 'data'));
  return execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
}
