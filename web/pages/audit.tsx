import { usePage } from '../frame/page.ts';
import { Button, ButtonLink, Section, Select, TitleBlock } from '../parts/index.ts';
import { withQuery } from '../paths.ts';
import { useResource } from '../resource.ts';
import { goQuery, query } from '../router.ts';
import { toldTypes } from '../sentences.ts';
import { may } from '../session.ts';
import { calmNow } from '../time.ts';
import type { AuditReply, PeopleReply, RefusalWindow } from '../wire.ts';
import { countedOf, openingCountOf, sentenceCase, whenOf } from '../words.ts';
import { AuditRows } from './audit/rows.tsx';
import { useNames } from './shared/names.ts';
import { Shown } from './shared/shown.tsx';
import { touchesPeople } from './shared/touched.ts';

const pageCount = 50;

const pathOf = (params: URLSearchParams): string =>
  withQuery('/api/v1/audit', '', {
    limit: String(pageCount),
    before: params.get('before'),
    actor: params.get('actor'),
    type: params.get('type'),
  });

/** Who did what, when. The filters and the page stand in the address. */
export function AuditPage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Audit' });
  const params = query.value;
  const isNewest = params.get('before') === null;
  const audit = useResource<AuditReply>(pathOf(params), () => isNewest);
  return (
    <>
      <TitleBlock title="Who did what, when">
        Every use of power is a fact in the journal, which is only ever added to. Names stand beside it and can be
        erased.
      </TitleBlock>
      <Filters />
      <div class="cols">
        <div class="stack">
          <Section name="Journal" note={isNewest ? 'newest first, live' : 'older page'}>
            <Shown resource={audit} what="Audit">
              {(page) => <Facts {...page} isNewest={isNewest} />}
            </Shown>
          </Section>
        </div>
        <aside class="stack">
          <Section name="Refused" note="counted, strangers write no facts">
            {audit.value === null ? null : <Refusals windows={audit.value.refusals} />}
          </Section>
        </aside>
      </div>
    </>
  );
}

function Facts({ entries, next, isNewest }: AuditReply & { isNewest: boolean }) {
  const names = useAuditNames(entries);
  const isFiltered = query.value.has('actor') || query.value.has('type');
  return (
    <>
      {entries.length === 0 ? (
        <p class="dense dim gap">
          {isFiltered ? 'No fact of this page fits the filters.' : 'Nothing has happened yet.'}
        </p>
      ) : null}
      <AuditRows entries={entries} names={names} />
      <Pager isNewest={isNewest} next={next} />
    </>
  );
}

/** The audit names actors itself, also those who have left the lists: its names come before ours. */
function useAuditNames(entries: AuditReply['entries']) {
  const names = useNames();
  const told = new Map(
    entries.flatMap(({ actor, actorName, subject, subjectName }) => [
      [actor.replace(/^\w+:/, ''), actorName] as const,
      [subject.replace(/^[\w-]+\//, ''), subjectName] as const,
    ]),
  );
  const isId = (id: string, name: string | undefined): boolean => name === undefined || name === id;
  const nameOf = (id: string, otherwise: (id: string) => string): string =>
    isId(id, told.get(id)) ? otherwise(id) : (told.get(id) ?? otherwise(id));
  return { person: (id: string) => nameOf(id, names.person), token: (id: string) => nameOf(id, names.token) };
}

const nouns = [...new Set(toldTypes.map((type) => type.split('.', 1)[0] ?? ''))].sort();

function Filters() {
  const params = query.value;
  const people = useResource<PeopleReply>(may('people.read') ? '/api/v1/people' : null, touchesPeople).value?.people;
  const actors = (people ?? []).map(({ id, name }) => ({ value: `user:${id}`, text: name }));
  const chosenActor = params.get('actor') ?? '';
  const isListed = chosenActor === '' || actors.some(({ value }) => value === chosenActor);
  return (
    <search class="filters">
      <Select
        label="About"
        value={params.get('type') ?? ''}
        options={[
          { value: '', text: 'Everything' },
          ...nouns.map((noun) => ({ value: noun, text: sentenceCase(noun.replaceAll('-', ' ')) })),
        ]}
        onChoose={(type) => goQuery({ type, before: null })}
      />
      <Select
        label="By"
        value={chosenActor}
        options={[
          { value: '', text: 'Everybody' },
          ...actors,
          ...(isListed ? [] : [{ value: chosenActor, text: chosenActor }]),
        ]}
        onChoose={(actor) => goQuery({ actor, before: null })}
      />
      {params.has('type') || params.has('actor') ? (
        <Button kind="quiet" onPress={() => goQuery({ type: null, actor: null, before: null })}>
          Show all
        </Button>
      ) : null}
    </search>
  );
}

function Pager({ isNewest, next }: { isNewest: boolean; next: number | null }) {
  const to = (before: string | null): string => withQuery('/audit', query.value.toString(), { before });
  if (isNewest && next === null) return null;
  return (
    <nav class="pager" aria-label="Pages of the audit">
      {isNewest ? null : <ButtonLink href={to(null)}>Newest</ButtonLink>}
      {next === null ? null : <ButtonLink href={to(String(next))}>Older</ButtonLink>}
    </nav>
  );
}

/** What strangers were refused, by stretch of time and by reason. */
function Refusals({ windows }: { windows: readonly RefusalWindow[] }) {
  const now = calmNow.value;
  if (windows.length === 0) return <p class="dense dim">Nobody has been refused.</p>;
  return (
    <ul class="refusals">
      {windows.map(({ from, to, total, counts }) => (
        <li key={from}>
          <b>{openingCountOf(total, 'request')}</b>
          <span class="dim small">
            {' '}
            {whenOf(from, now)}
            {to - from < 60_000 ? '' : ` to ${whenOf(to, now)}`}
          </span>
          <ul>
            {Object.entries(counts).map(([code, count]) => (
              <li key={code} class="sub small">
                {sentenceCase(code.replaceAll('-', ' '))}: {countedOf(count, 'time')}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
