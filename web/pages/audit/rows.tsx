import { Glyph } from '../../parts/index.ts';
import { withQuery } from '../../paths.ts';
import { query } from '../../router.ts';
import { actorOf, type Names, sentenceOf } from '../../sentences.ts';
import { calmNow } from '../../time.ts';
import type { AuditEntry } from '../../wire.ts';
import { dayOf, hourOf, isSameDay } from '../../words.ts';

/** Facts as sentences, by day; each opens to the fact as the journal holds it. */
export function AuditRows({ entries, names }: { entries: readonly AuditEntry[]; names: Names }) {
  const now = calmNow.value;
  const days = Map.groupBy(entries, ({ at }) => (isSameDay(at, now) ? 'Today' : dayOf(at, now)));
  return (
    <>
      {[...days].map(([day, all]) => (
        <section key={day} class="audit-day">
          <h3>{day}</h3>
          <ul class="audit">
            {all.map((entry) => (
              <AuditRow key={entry.seq} entry={entry} names={names} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function AuditRow({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { text, glyph, detail } = sentenceOf(entry, names);
  const byActor = withQuery('/audit', query.value.toString(), { actor: entry.actor, before: null });
  return (
    <li>
      <details>
        <summary>
          <time class="num" dateTime={new Date(entry.at).toISOString()}>
            {hourOf(entry.at)}
          </time>
          <Glyph name={glyph} />
          <span class="what">
            {text}
            {detail === undefined ? null : <span class="dim small"> {detail}</span>}
          </span>
          <span class="by small dim">{actorOf(entry.actor, names)}</span>
        </summary>
        <dl class="fact">
          <div>
            <dt>Fact</dt>
            <dd>
              {entry.seq}, {entry.type}
            </dd>
          </div>
          <div>
            <dt>About</dt>
            <dd>{entry.subject}</dd>
          </div>
          <div>
            <dt>By</dt>
            <dd>
              <a href={byActor}>{entry.actor}</a>
            </dd>
          </div>
          <div>
            <dt>Data</dt>
            <dd>
              <pre>{JSON.stringify(entry.data, null, 2)}</pre>
            </dd>
          </div>
        </dl>
      </details>
    </li>
  );
}
