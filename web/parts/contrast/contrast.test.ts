import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { colourTokens, contrast, luminance, type Theme } from './testing.ts';

const css = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8');
const themes: readonly Theme[] = ['chart', 'night'];

/** Each text colour with the grounds it is written on. */
const written: Readonly<Record<string, readonly string[]>> = {
  ink: ['paper', 'land', 'well', 'sheet', 'pencil-wash', 'sea-1', 'sea-2', 'sea-3'],
  'ink-2': ['paper', 'land', 'well', 'sheet', 'pencil-wash'],
  // Not on the pencil's wash: labels in a selected row take ink-2.
  'ink-3': ['paper', 'land', 'well', 'sheet'],
  'on-ink': ['ink'],
  'watch-text': ['paper', 'well', 'sheet', 'watch-wash', 'pencil-wash'],
  'risk-text': ['paper', 'well', 'sheet', 'risk-wash', 'pencil-wash'],
  'alarm-text': ['paper', 'well', 'sheet', 'alarm-wash', 'pencil-wash'],
  'safe-text': ['paper', 'well', 'sheet', 'safe-wash', 'pencil-wash'],
  'watch-on': ['watch'],
  'risk-on': ['risk'],
  'alarm-on': ['alarm', 'alarm-deep'],
  'safe-on': ['safe'],
  pencil: ['paper', 'sheet'],
};

const textMin: Readonly<Record<Theme, number>> = { chart: 4.6, night: 5 };

for (const theme of themes) {
  const tokens = colourTokens(css, theme);
  const colour = (name: string): readonly [number, number, number] => {
    const found = tokens.get(name);
    assert.ok(found !== undefined, `tokens.css has no colour --${name}`);
    return found;
  };

  describe(`contrast, ${theme}`, () => {
    for (const [text, grounds] of Object.entries(written)) {
      test(`${text}: at least ${textMin[theme]}:1 on ${grounds.join(', ')}`, () => {
        for (const ground of grounds) {
          const ratio = contrast(colour(text), colour(ground));
          assert.ok(ratio >= textMin[theme], `${text} on ${ground} is ${ratio.toFixed(2)}:1`);
        }
      });
    }

    test('edge: at least 3:1 on the grounds that controls are filled with', () => {
      for (const ground of ['paper', 'land', 'well']) {
        const ratio = contrast(colour('edge'), colour(ground));
        assert.ok(ratio >= 3, `edge on ${ground} is ${ratio.toFixed(2)}:1`);
      }
    });

    test('waterlines: at least 3:1 on the plate', () => {
      for (const line of ['ink', 'watch-text', 'risk-text', 'alarm-text', 'ink-3']) {
        assert.ok(contrast(colour(line), colour('well')) >= 3, line);
      }
    });

    test('fills: fall in lightness as danger rises, so that grey and every eye keep the order', () => {
      const [watch, risk, alarm] = ['watch', 'risk', 'alarm'].map((name) => luminance(colour(name)));
      assert.ok((watch ?? 0) > (risk ?? 0));
      assert.ok((risk ?? 0) > (alarm ?? 0));
    });

    test('depth: five tints in one direction', () => {
      const depths = [1, 2, 3, 4, 5].map((depth) => luminance(colour(`sea-${depth}`)));
      const order = theme === 'chart' ? depths.toSorted((a, b) => b - a) : depths.toSorted((a, b) => a - b);
      assert.deepEqual(depths, order);
    });
  });
}

describe('the calculation', () => {
  test('black and white: 21 to 1', () => {
    const tokens = colourTokens(
      '--a: light-dark(oklch(0 0 0), oklch(1 0 0)); --b: light-dark(oklch(1 0 0), oklch(0 0 0));',
      'chart',
    );
    assert.equal(Math.round(contrast(tokens.get('a') ?? [0, 0, 0], tokens.get('b') ?? [0, 0, 0])), 21);
  });

  test('a colour that can be seen through: is refused, since its contrast hangs on the ground', () => {
    assert.equal(colourTokens('--veil: light-dark(oklch(0.2 0 0 / 0.3), oklch(0 0 0 / 0.6));', 'chart').size, 0);
  });
});
