import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { leftOutWithout } from '../../tools/requirement.ts';
import { anotherShip, fleetFiles } from './fleet.ts';
import { aboardForSuite, applyDefinitions, keeper, keepPicture, openAsKeeper, signIn, signInFirst } from './support.ts';

const needed = { skip: leftOutWithout('chromium') };

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** One story on one ship: each test begins where the one before has left the fleet. */
describe('console', needed, () => {
  const suite = aboardForSuite();

  test('sign-in: by link once, then by password, back to where one wanted to be', async () => {
    const aboard = suite();
    const page = await aboard.open();
    await page.goto(aboard.signInLink);
    await heading(page, 'Come aboard').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).and(page.locator(':focus')).waitFor();
    await keepPicture(page, 'sign-in-link-chart-1440');
    await signInFirst(page, aboard.signInLink);
    await heading(page, 'First, say what sails.').waitFor();
    assert.equal(new URL(page.url()).hash, '', 'the code has left the address');

    const stranger = await aboard.open();
    await stranger.goto(aboard.signInLink);
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.getByRole('alert').waitFor();

    await page.getByRole('link', { name: 'Mine' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();

    await page.goto(`${aboard.url}/audit?type=session`);
    await heading(page, 'Sign in').waitFor();
    await signIn(page, 'not my password');
    await page.getByRole('alert').waitFor();
    await keepPicture(page, 'sign-in-refused-chart-1440');
    await signIn(page, keeper.password);
    await heading(page, 'Who did what, when').waitFor();
    assert.equal(page.url(), `${aboard.url}/audit?type=session`);
    await page.getByText('Ana Ruiz signed in by password').waitFor();
  });

  test('live: what one person applies appears at another without reloading', async () => {
    const aboard = suite();
    const page = await openAsKeeper(aboard);
    const other = await aboard.open({ theme: 'night', cookiesOf: page.context() });
    await other.goto(aboard.url);
    await heading(other, 'First, say what sails.').waitFor();
    await other.getByText('Live', { exact: true }).waitFor();
    await keepPicture(other, 'bridge-first-night-1440');

    await applyDefinitions(page, fleetFiles);
    await heading(other, 'Nobody can tell yet.').waitFor();
    await other.getByRole('link', { name: 'checkout' }).first().waitFor();
    const journal = other.getByRole('list', { name: 'Journal' });
    await journal.getByText('3 teams and 6 services declared').waitFor();

    // Nothing moves under the pointer: what comes now waits above the list, and a press lets it in.
    await journal.hover();
    await applyDefinitions(page, [anotherShip('gift-card-batch')]);
    const waiting = other.getByRole('button', { name: '1 new' });
    await waiting.waitFor();
    assert.equal(await journal.getByText('Service gift-card-batch declared').count(), 0);
    await waiting.click();
    await journal.getByText('Service gift-card-batch declared').waitFor();
    assert.deepEqual(
      aboard.errors.filter((error) => !error.includes('401')),
      [],
    );
  });

  test('palette: finds and does by keyboard alone', async () => {
    const aboard = suite();
    const page = await openAsKeeper(aboard);
    await heading(page, 'Nobody can tell yet.').waitFor();

    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to the page' }).press('Enter');
    await page.locator('main:focus').waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('check');
    await page.getByRole('option', { name: /checkout/ }).waitFor();
    await keepPicture(page, 'palette-chart-1440');
    await page.keyboard.press('Enter');
    await heading(page, /^checkout/).waitFor();
    assert.equal(new URL(page.url()).pathname, '/services/checkout');

    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await heading(page, 'All that is written is in force').waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('night');
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme="night"]').waitFor();
    await page.reload();
    await page.locator('html[data-theme="night"]').waitFor();

    await page.keyboard.press('?');
    await heading(page, 'Everything goes without a mouse').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sign out');
    await page.keyboard.press('Enter');
    await heading(page, 'Sign in').waitFor();
  });

  test('tokens: made with a secret shown once, revoked with a question', async () => {
    const aboard = suite();
    const page = await openAsKeeper(aboard);
    await page.goto(`${aboard.url}/tokens`);
    await page.getByRole('button', { name: 'Create a token' }).click();
    await page.getByLabel('What it is for').fill('ci of checkout');
    await page.getByLabel('Role', { exact: true }).selectOption('maintainer');
    await page.getByRole('button', { name: 'Create it' }).click();
    const secret = await page.getByRole('dialog').locator('code').textContent();
    assert.match(secret ?? '', /^plt_/);
    const answer = await fetch(`${aboard.url}/api/v1/definitions`, { headers: { authorization: `Bearer ${secret}` } });
    assert.equal(answer.status, 200);
    await keepPicture(page, 'token-secret-chart-1440');
    await page.getByRole('button', { name: 'I have it' }).click();
    await heading(page, 'One program may come in').waitFor();

    await page.getByRole('button', { name: 'Revoke ci of checkout' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Cancel', exact: true })
      .and(page.locator(':focus'))
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke ci of checkout' }).click();
    await heading(page, 'No program may come in').waitFor();
    await page.getByText('Token ci of checkout revoked').first().waitFor();
    const refused = await fetch(`${aboard.url}/api/v1/definitions`, { headers: { authorization: `Bearer ${secret}` } });
    assert.equal(refused.status, 401);
  });

  test('people: invited with a link, granted with a reason, disabled', async () => {
    const aboard = suite();
    const page = await openAsKeeper(aboard);
    await page.goto(`${aboard.url}/people?new=yes`);
    await page.getByLabel('Name').fill('Joon Park');
    await page.getByLabel('E-mail address').fill('joon@harbour.example');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
    await page.getByRole('button', { name: 'I have it' }).click();

    const guest = await aboard.open();
    await guest.goto(link);
    await guest.getByRole('button', { name: 'Sign in' }).click();
    await heading(guest, 'Welcome, Joon Park').waitFor();
    await guest.getByRole('button', { name: 'Later' }).click();
    await heading(guest, 'Nobody can tell yet.').waitFor();
    assert.equal(await guest.getByRole('link', { name: 'Audit' }).count(), 0, 'a viewer is not shown the audit');

    await page.getByText('Joon Park').first().click();
    await page.getByRole('button', { name: 'Grant a role' }).click();
    await page.getByLabel('Role', { exact: true }).selectOption('maintainer');
    await page.getByLabel('Because').fill('leads the move of the database');
    await page.getByLabel('Until the end of (UTC)').fill('2099-12-31');
    await page.getByRole('button', { name: 'Grant it' }).click();
    await page.getByText('leads the move of the database').waitFor();
    await keepPicture(page, 'people-grants-chart-1440');

    await page.getByRole('button', { name: 'Disable Joon Park' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable Joon Park' }).click();
    await page.getByRole('heading', { name: 'Disabled' }).waitFor();
    await heading(guest, 'Sign in').waitFor();
  });

  test('a network that drops: what could not be read is read when it is back, without being asked', async () => {
    const page = await openAsKeeper(suite());
    // Streams that end at once let the network be cut while the console is between two of them.
    let network: 'short' | 'broken' | 'good' = 'short';
    await page.route('**/api/v1/**', (route) => {
      if (network === 'broken') return route.abort();
      const isStream = route.request().headers().accept === 'text/event-stream';
      return network === 'short' && isStream
        ? route.fulfill({ contentType: 'text/event-stream', body: ': here\n\n' })
        : route.continue();
    });
    await page.reload();
    await page.getByText('Live', { exact: true }).waitFor();
    network = 'broken';
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await page
      .getByText(/^Stale/)
      .first()
      .waitFor();
    network = 'good';
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('Today').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  test('a server that is gone: the console says how old it is, and what it could not read', async () => {
    const aboard = suite();
    const page = await openAsKeeper(aboard);
    await page.getByText('Live', { exact: true }).waitFor();
    await aboard.sink();
    await page
      .getByText(/^Stale/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Definitions' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await page
      .getByText(/, [1-9]\d*\ss old$/)
      .first()
      .waitFor();
    await keepPicture(page, 'server-gone-chart-1440');
  });
});
