import type { StateName } from '../../parts/index.ts';
import { Badge, Glyph, glyphNames, Section, StateWord, states } from '../../parts/index.ts';

const swatches: readonly { readonly name: string; readonly ground: string; readonly text?: string }[] = [
  ...['paper', 'land', 'well', 'sheet'].map((name) => ({ name, ground: `var(--${name})` })),
  { name: 'ink', ground: 'var(--ink)', text: 'var(--on-ink)' },
  ...['watch', 'risk', 'alarm', 'safe'].map((name) => ({ name, ground: `var(--${name})`, text: `var(--${name}-on)` })),
  { name: 'pencil', ground: 'var(--pencil)', text: 'var(--paper)' },
  ...[1, 2, 3, 4, 5].map((depth) => ({ name: `sea ${depth}`, ground: `var(--sea-${depth})` })),
];

export function Colours() {
  return (
    <Section name="Colour" note="state, quantity, pencil; nothing else">
      <div class="swatches">
        {swatches.map(({ name, ground, text }) => (
          <div key={name}>
            <div style={{ background: ground, color: text ?? 'inherit' }}>{text === undefined ? '' : 'Aa'}</div>
            {name}
          </div>
        ))}
      </div>
    </Section>
  );
}

export function Type() {
  return (
    <Section
      name="Type"
      note={
        <>
          upright is recorded, <em>italic is inferred</em>
        </>
      }
    >
      <dl class="type">
        <dt>verdict 44</dt>
        <dd style={{ fontSize: 'var(--t-figure)', fontWeight: 640, letterSpacing: '-.03em', lineHeight: 1 }}>
          Yes, except payment.
        </dd>
        <dt>page 32</dt>
        <dd style={{ fontSize: 'var(--t-h1)', fontWeight: 'var(--w-head)', lineHeight: 1.1, letterSpacing: '-.012em' }}>
          1 in 9 card payments fails
        </dd>
        <dt>figure 24</dt>
        <dd class="num" style={{ fontSize: 'var(--t-h2)', fontWeight: 600 }}>
          24:18 &nbsp; 2,840 ms
        </dd>
        <dt>lead 19</dt>
        <dd style={{ fontSize: 'var(--t-h3)', fontWeight: 'var(--w-head)' }}>Roll back payment to 3.17.4 now</dd>
        <dt>body 14</dt>
        <dd>
          Takes a basket to a paid order. <em>Empty by 08:35 at this rate.</em>
        </dd>
        <dt>dense 13</dt>
        <dd class="dense">Lock waits began 02:33, only on instances with 3.18.0</dd>
        <dt>notes 12</dt>
        <dd class="small sub">policy: fast burn, 1 h and 5 min</dd>
        <dt>ticks 11, mono</dt>
        <dd>
          <span class="dim num" style={{ fontSize: 'var(--t-micro)' }}>
            22:00 23:00
          </span>{' '}
          &nbsp; <code>UPDATE payment_attempt</code>
        </dd>
      </dl>
    </Section>
  );
}

const stateNames = Object.keys(states) as readonly StateName[];

export function Signs() {
  return (
    <Section name="State, badges, signs" note="glyph, word, colour, in that order">
      <div class="line">
        {stateNames.map((state) => (
          <StateWord key={state} state={state} />
        ))}
      </div>
      <div class="line below">
        <Badge kind="alarm" glyph="incident">
          SEV 1
        </Badge>
        <Badge kind="alarm">SEV 2</Badge>
        <Badge kind="risk">SEV 3</Badge>
        <Badge kind="watch">ticket</Badge>
        <Badge>resolved</Badge>
        <Badge kind="safe" glyph="check">
          verified
        </Badge>
        <Badge kind="hole">role free</Badge>
        <Badge kind="frozen">frozen</Badge>
        <Badge kind="inferred">suspected</Badge>
        <Badge kind="ink">new since 02:31</Badge>
      </div>
      <ul class="glyphs below">
        {glyphNames.map((name) => (
          <li key={name}>
            <Glyph name={name} />
            {name.replaceAll('-', ' ')}
          </li>
        ))}
      </ul>
    </Section>
  );
}
