import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServiceEntry } from '../../wire.ts';
import { filterServices, type ServiceFilter } from './filter.ts';

const service = (name: string, owner: string, tier: number, labels = {}): ServiceEntry => ({
  name,
  title: `The ${name}`,
  owner: { name: owner, title: owner },
  tier,
  labels,
  dependencies: 0,
  dependents: 0,
});

const services = [
  service('checkout', 'harbour', 1, { area: 'payments' }),
  service('gateway', 'harbour', 1),
  service('catalog', 'storefront', 2),
];

const found = (filter: Partial<ServiceFilter>): readonly string[] =>
  filterServices(services, { text: '', owner: null, tier: null, ...filter }).map(({ name }) => name);

describe('service filter', () => {
  test('nothing asked: all of them', () => assert.deepEqual(found({}), ['checkout', 'gateway', 'catalog']));
  test('owner and tier: both must fit', () => {
    assert.deepEqual(found({ owner: 'harbour', tier: '1' }), ['checkout', 'gateway']);
    assert.deepEqual(found({ owner: 'storefront', tier: '1' }), []);
  });
  test('text: every word in name, title or label, whatever its case', () => {
    assert.deepEqual(found({ text: 'CHECK payments' }), ['checkout']);
    assert.deepEqual(found({ text: 'area:pay' }), ['checkout']);
    assert.deepEqual(found({ text: 'check nowhere' }), []);
  });
});
