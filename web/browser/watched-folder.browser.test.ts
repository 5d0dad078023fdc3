import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { exampleOps } from '../../app/testing.ts';
import { leftOutWithout } from '../../tools/requirement.ts';
import { aboardForSuite, findingsOf, keepPicture, signInFirst } from './support.ts';

const needed = { skip: leftOutWithout('chromium') };

const refunds = (owner: string): string => `apiVersion: plimsoll/v1
kind: Service
metadata: { name: refunds }
spec:
  owner: ${owner}
  tier: 2
`;

describe('a watched folder', needed, () => {
  const ops = mkdtempSync(join(tmpdir(), 'plimsoll-ops-'));
  cpSync(exampleOps, ops, { recursive: true });
  after(() => rmSync(ops, { recursive: true, force: true }));
  const suite = aboardForSuite(['--ops', ops]);
  const save = (file: string, text: string): void => writeFileSync(join(ops, file), text);

  test('a fault: shown with file, line and column, what was good stays, and it goes when mended', async () => {
    const aboard = suite();
    const page = await aboard.open();
    await signInFirst(page, aboard.signInLink);
    await page.goto(`${aboard.url}/definitions`);
    await page.getByRole('heading', { level: 1, name: 'All that is written is in force' }).waitFor();
    const inForce = page.getByRole('group', { name: 'Documents in force' });
    await inForce.getByRole('link', { name: 'checkout' }).waitFor();

    save('refunds.yaml', refunds('paymets'));
    save('catalog/services.yaml', 'kind: [Service\n');
    await page.getByRole('heading', { level: 1, name: 'Two faults to mend; what was good before stays' }).waitFor();
    await page.getByText('refunds.yaml:5:10', { exact: true }).waitFor();
    await page.getByText('found "paymets", expected the name of a Team. Did you mean "payments"?').waitFor();
    await page.getByText(/^catalog\/services\.yaml:\d+:\d+$/).waitFor();
    await inForce.getByRole('link', { name: 'checkout' }).waitFor();
    assert.equal(await inForce.getByRole('link', { name: 'refunds' }).count(), 0);
    assert.deepEqual(await findingsOf(page), []);
    await keepPicture(page, 'definitions-faults-chart-1440');

    await page.getByRole('link', { name: 'Bridge' }).first().click();
    await page.getByRole('link', { name: '2 faults in the definitions' }).click();
    cpSync(exampleOps, ops, { recursive: true });
    save('refunds.yaml', refunds('payments'));
    await page.getByRole('heading', { level: 1, name: 'All that is written is in force' }).waitFor();
    await inForce.getByRole('link', { name: 'refunds' }).waitFor();
  });
});
