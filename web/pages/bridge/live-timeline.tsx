import { useEffect, useRef, useState } from 'preact/hooks';
import { nounIn, type ToldFact } from '../../facts/fact.ts';
import { hold } from '../../held.ts';
import { fresh, latest } from '../../journal.ts';
import { Button, type Moment, Section, Skeleton, Timeline } from '../../parts/index.ts';
import { actorOf, type Names, sentenceOf } from '../../sentences.ts';
import { may } from '../../session.ts';
import { calmNow } from '../../time.ts';
import { dayOf, hourOf, isSameDay } from '../../words.ts';
import { useNames } from '../shared/names.ts';

/** Coming and going is told in the audit, and single documents by their revision: the bridge shows what changed for others. */
const untoldNouns = ['session', 'sign-in-link', 'definition'];
const untoldTypes = ['access.refusals-counted', 'user.password-changed', 'user.details-changed'];

const isChange = ({ subject, type }: ToldFact): boolean =>
  !untoldNouns.includes(nounIn(subject)) && !untoldTypes.includes(type);

const shownCountMax = 24;
const keyOf = ({ seq }: ToldFact): string => String(seq);

/** What changed lately, newest first and live. Nothing moves under the pointer: what comes meanwhile waits behind "3 new". */
export function LiveTimeline() {
  const names = useNames();
  const list = useRef<HTMLDivElement>(null);
  const isPointed = useRef(false);
  const [heldAt, setHeldAt] = useState<string | null>(null);
  const facts = latest.value?.filter(isChange) ?? null;
  const { shown, waitingCount } = hold(facts ?? [], keyOf, heldAt);
  const top = facts?.[0];
  const holdHere = (): void => setHeldAt((held) => held ?? (top === undefined ? null : keyOf(top)));
  const letGo = (): void => setHeldAt(null);

  // Whoever has scrolled into the list is reading it; whoever has scrolled back to its top, or past it, is not.
  useEffect(() => {
    const onScroll = (): void => {
      const box = list.current?.getBoundingClientRect();
      if (box !== undefined && box.top < 0 && box.bottom > 0) holdHere();
      else if (!isPointed.current) letGo();
    };
    addEventListener('scroll', onScroll, { passive: true });
    return () => removeEventListener('scroll', onScroll);
  });

  return (
    <Section name="Journal" note={may('audit.read') ? <a href="/audit">all of it</a> : 'newest first'}>
      <div
        class="live-list"
        ref={list}
        onPointerEnter={() => {
          isPointed.current = true;
          holdHere();
        }}
        onPointerLeave={() => {
          isPointed.current = false;
          letGo();
        }}
      >
        {waitingCount === 0 ? null : (
          <Button size="small" onPress={letGo}>
            {waitingCount} new
          </Button>
        )}
        {facts === null ? <Skeleton label="The journal is being read" widths={[80, 60, 72]} /> : null}
        {facts?.length === 0 ? <p class="dense dim">Nothing has happened yet.</p> : null}
        <Timeline label="Journal" moments={shown.slice(0, shownCountMax).map((fact) => momentOf(fact, names))} />
      </div>
    </Section>
  );
}

function momentOf(fact: ToldFact, names: Names): Moment {
  const { text, glyph, tone, detail, href } = sentenceOf(fact, names);
  const today = isSameDay(fact.at, calmNow.value);
  const by = `by ${actorOf(fact.actor, names)}`;
  return {
    key: keyOf(fact),
    clock: today ? hourOf(fact.at) : dayOf(fact.at, calmNow.value).replace(/^\w+ /, ''),
    iso: new Date(fact.at).toISOString(),
    glyph,
    ...(tone === undefined ? {} : { tone }),
    fresh: fresh.value.has(fact.seq),
    text: href === undefined ? text : <a href={href}>{text}</a>,
    by: detail === undefined ? by : `${detail}, ${by}`,
  };
}
