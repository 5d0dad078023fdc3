import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import Type from 'typebox';
import type { AnyRoute } from '../../platform/http/route.ts';
import { allows, coversHolding, fullPower, type Holding, hasPower, noPower, summaryOf } from './grant.ts';
import { isAtLeast, permissions, permissionsOf, permissionTable, roles, rolesWith } from './permissions.ts';
import { coversScope, type GrantScope, scopeOfText, textOfScope, touchedScope } from './scope.ts';

const owners: Readonly<Record<string, string>> = { checkout: 'crew', payment: 'crew', search: 'harbour' };
const ownerOf = (service: string): string | undefined => (Object.hasOwn(owners, service) ? owners[service] : undefined);

const scopes: readonly GrantScope[] = [
  { kind: 'all' },
  { kind: 'team', team: 'crew' },
  { kind: 'team', team: 'harbour' },
  { kind: 'service', service: 'checkout' },
  { kind: 'service', service: 'search' },
  { kind: 'service', service: 'unheard-of' },
];
const anyScope = fc.constantFrom(...scopes);
const anyMoment = fc.integer({ min: 0, max: 6 });
const anyHolding: fc.Arbitrary<Holding> = fc.record({
  role: fc.constantFrom(...roles),
  scope: anyScope.map(textOfScope),
  until: fc.option(anyMoment, { nil: null }),
});

describe('scopes', () => {
  test('texts: every scope is read back; what is none is refused', () => {
    for (const scope of scopes) assert.deepEqual(scopeOfText(textOfScope(scope)), scope);
    for (const text of ['', 'ALL', 'team:', 'service:', 'team', 'planet:earth', ':crew'])
      assert.equal(scopeOfText(text), null);
  });
  test('a team reaches its services, not others, not itself from below', () => {
    const crew: GrantScope = { kind: 'team', team: 'crew' };
    assert.equal(coversScope(crew, { kind: 'service', service: 'checkout' }, ownerOf), true);
    assert.equal(coversScope(crew, { kind: 'service', service: 'search' }, ownerOf), false);
    assert.equal(coversScope(crew, { kind: 'service', service: 'unheard-of' }, ownerOf), false);
    assert.equal(coversScope({ kind: 'service', service: 'checkout' }, crew, ownerOf), false);
    assert.equal(coversScope(crew, { kind: 'all' }, ownerOf), false);
  });
  test('covering is transitive: what is covered by the covered is covered', () => {
    fc.assert(
      fc.property(anyScope, anyScope, anyScope, (a, b, c) => {
        if (coversScope(a, b, ownerOf) && coversScope(b, c, ownerOf)) assert.ok(coversScope(a, c, ownerOf));
      }),
      { seed: 26 },
    );
  });
  test('a request that names nothing touches all', () => {
    assert.deepEqual(touchedScope({}), { kind: 'all' });
    assert.deepEqual(touchedScope({ team: 'crew' }), { kind: 'team', team: 'crew' });
    assert.deepEqual(touchedScope({ service: 'checkout', team: 'crew' }), { kind: 'service', service: 'checkout' });
  });
});

describe('power', () => {
  const now = 3;
  test('covering a holding means being allowed all that it allows, at every later time', () => {
    fc.assert(
      fc.property(
        fc.array(anyHolding, { maxLength: 4 }),
        anyHolding,
        anyScope,
        anyMoment,
        (held, wanted, scope, later) => {
          if (!coversHolding([held], wanted, now, ownerOf)) return;
          for (const permission of permissionsOf(wanted.role)) {
            const asked = { permission, scope, now: now + later, ownerOf };
            if (allows([[wanted]], asked)) assert.ok(allows([held], asked), JSON.stringify(asked));
          }
        },
      ),
      { numRuns: 1_000, seed: 26 },
    );
  });
  test('layers only take away', () => {
    fc.assert(
      fc.property(fc.array(anyHolding), fc.array(anyHolding), anyScope, (one, other, scope) => {
        for (const permission of permissions) {
          const asked = { permission, scope, now, ownerOf };
          assert.equal(allows([one, other], asked), allows([one], asked) && allows([other], asked));
        }
      }),
      { seed: 26 },
    );
  });
  test('nobody, and a permission that does not exist: nothing', () => {
    const asked = { permission: 'services.read', scope: { kind: 'all' }, now, ownerOf } as const;
    assert.equal(allows(noPower, asked), false);
    assert.equal(allows(fullPower, { ...asked, permission: 'services.sink' }), false);
    assert.equal(hasPower(noPower, now), false);
    assert.equal(hasPower([[{ role: 'admin', scope: 'all', until: now }]], now), false);
    assert.deepEqual(summaryOf(noPower, now), { roles: [], permissions: [] });
  });
  test('the summary of a token is that of the lesser of token and maker', () => {
    const viewer: Holding = { role: 'viewer', scope: 'all', until: null };
    assert.deepEqual(summaryOf([[viewer], ...fullPower], now).roles, ['viewer']);
    assert.deepEqual(summaryOf([...fullPower, [viewer]], now).permissions, permissionsOf('viewer'));
  });
});

describe('roles', () => {
  test('each holds what the one before it holds', () => {
    for (const role of roles) {
      for (const lower of roles.filter((other) => isAtLeast(role, other))) {
        assert.ok(permissionsOf(lower).every((permission) => permissionsOf(role).includes(permission)));
      }
    }
    assert.deepEqual(rolesWith('access.manage'), ['admin']);
    assert.deepEqual(rolesWith('nothing.known'), []);
  });
  test('the reference table: a row for each route, a yes for each role that may', () => {
    const routeOf = (method: 'GET' | 'PUT', path: string, permission: AnyRoute['permission']): AnyRoute => ({
      name: 'x.y',
      method,
      path,
      summary: 'Do | see',
      permission,
      shape: { reply: Type.Null() },
      handle: async () => ({ kind: 'reply', body: null }),
    });
    const rows = permissionTable([
      routeOf('PUT', '/b', 'definitions.apply'),
      routeOf('GET', '/b', 'services.read'),
      routeOf('GET', '/a', 'open'),
    ])
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    assert.deepEqual(rows, [
      '| `GET /a` | Do \\| see | everyone, also without signing in | yes | yes | yes | yes |',
      '| `GET /b` | Do \\| see | `services.read` | yes | yes | yes | yes |',
      '| `PUT /b` | Do \\| see | `definitions.apply` | – | – | yes | yes |',
    ]);
  });
});
