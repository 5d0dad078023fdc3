import { ButtonLink, Glyph, Section } from '../../parts/index.ts';
import { may } from '../../session.ts';
import { FirstDefinition } from '../shared/first-definition.tsx';

/** The bridge before anything is declared: what this is, why it matters, one command. */
export function FirstStart() {
  return (
    <>
      <section class="verdict">
        <p class="q">May we ship?</p>
        <h1>First, say what sails.</h1>
        <p class="lead">
          Plimsoll measures how much risk each service can still carry, and warns when the line goes under. It begins
          with what there is: a service, and the team that answers for it.
        </p>
      </section>
      <Section name="The first service" note="one file, one command">
        <p class="dense sub gap">
          Run this in the folder where <code>npm start</code> runs, with names of your own. This page changes by itself
          as soon as it is applied.
        </p>
        <FirstDefinition />
        <p class="wait">
          <Glyph name="no-data" />
          Listening. No definition has arrived yet.
        </p>
      </Section>
      {may('tokens.manage') ? (
        <Section name="From somewhere else" note="CI, another machine">
          <p class="dense sub gap">
            Programs come in with a token. Make one for a maintainer, and set <code>PLIMSOLL_URL</code> and{' '}
            <code>PLIMSOLL_TOKEN</code> where they run.
          </p>
          <ButtonLink href="/tokens?new=yes" size="small">
            Create a token
          </ButtonLink>
        </Section>
      ) : null}
    </>
  );
}
