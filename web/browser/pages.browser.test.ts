import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { leftOutWithout } from '../../tools/requirement.ts';
import { fleetFiles } from './fleet.ts';
import {
  type Aboard,
  aboardForSuite,
  applyDefinitions,
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
  { name: 'tokens', path: '/tokens', ready: 'No token yet' },
  { name: 'token-new', path: '/tokens?new=yes', ready: 'What it is for' },
  { name: 'people', path: '/people', ready: 'One person may sign in' },
  { name: 'mine', path: '/mine', ready: 'What I may do' },
  { name: 'keys', path: '/keys', ready: 'Everything goes without a mouse' },
  { name: 'not-found', path: '/nowhere', ready: 'Nothing is charted here' },
];

/** Shows every part in both themes at once, so looking at it in one theme is enough. */
const styleguide = { name: 'styleguide', path: '/styleguide', ready: 'ink on paper' } as const;

const looks: readonly (Look & { readonly theme: 'chart' | 'night'; readonly width: number })[] = [
  { theme: 'chart', width: 1440, height: 1000 },
  { theme: 'night', width: 1440, height: 1000 },
  { theme: 'chart', width: 360, height: 740, isTouch: true },
  { theme: 'night', width: 360, height: 740, isTouch: true },
];

describe('pages', needed, () => {
  const suite = aboardForSuite();

  test('the door: axe finds nothing, and the first bytes are under 200 kB compressed', async (t) => {
    const aboard = suite();
    for (const look of looks) {
      const page = await aboard.open(look);
      const bytes = await bytesOf(page, `${aboard.url}/sign-in`);
      const viewMs = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      );
      t.diagnostic(
        `${look.theme} at ${look.width} px: first bytes ${Math.round(bytes / 1000)} kB, first view after ${Math.round(viewMs)} ms`,
      );
      assert.ok(bytes > 10_000 && bytes < 200_000, `${bytes} bytes`);
      assert.deepEqual(await findingsOf(page), []);
      await keepPicture(page, `sign-in-${look.theme}-${look.width}`);
      await page.context().close();
    }
  });

  test('an empty installation: its pages teach, on a phone too', async () => {
    const aboard = suite();
    const phone = await aboard.open({ width: 360, height: 740, isTouch: true });
    await signInFirst(phone, aboard.signInLink);
    for (const path of ['/services', '/definitions', '/']) {
      await phone.goto(aboard.url + path);
      await phone.getByText('mkdir -p ops/catalog').waitFor();
      assert.deepEqual(await findingsOf(phone), [], path);
      await keepPicture(phone, `${path.slice(1) || 'bridge'}-empty-chart-360`);
    }
    await phone.getByRole('button', { name: 'Where to go' }).click();
    await phone.getByRole('dialog', { name: 'Where to go' }).waitFor();
    await keepPicture(phone, 'sheet-chart-360');
    await phone.getByRole('link', { name: 'People' }).click();
    await phone.getByRole('heading', { level: 1, name: 'One person may sign in' }).waitFor();
    assert.equal(await phone.getByRole('dialog', { name: 'Where to go' }).isVisible(), false);
    await applyDefinitions(phone, fleetFiles);
  });

  test('every page, both themes, desk and phone: axe finds nothing, nothing is cut off, a picture is kept', async () => {
    const aboard = suite();
    const keeperPage = await openAsKeeper(aboard);
    const found = await Promise.all(
      looks.map((look) => lookAtAll(aboard, { ...look, cookiesOf: keeperPage.context() })),
    );
    assert.deepEqual(found.flat(), []);
    const expected = /401|404/;
    assert.deepEqual(
      aboard.errors.filter((error) => !expected.test(error)),
      [],
    );
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

/** Looks at every page in one look; gives what is wrong, in words. */
async function lookAtAll(
  aboard: Aboard,
  look: Look & { readonly theme: string; readonly width: number },
): Promise<string[]> {
  const page = await aboard.open(look);
  const wrong: string[] = [];
  for (const { name, path, ready } of look.theme === 'chart' ? [...pages, styleguide] : pages) {
    await page.goto(aboard.url + path);
    await page.getByText(ready).first().waitFor();
    for (const finding of await findingsOf(page)) wrong.push(`${name}: ${finding}`);
    const cutOff = (await page.evaluate(() => document.documentElement.scrollWidth)) - look.width;
    if (cutOff > 0) wrong.push(`${name}: is ${cutOff} px wider than the screen`);
    await keepPicture(page, `${name}-${look.theme}-${look.width}`);
  }
  await page.context().close();
  return wrong;
}
