import { ButtonLink, TitleBlock } from '../../parts/index.ts';
import type { Problem } from '../../wire.ts';

/** The name that the server thinks was meant. */
const suggestionIn = ({ detail }: Problem): string | null => /Did you mean "([^"]+)"/.exec(detail)?.[1] ?? null;

/**
 * The page of a service or team that does not exist.
 * @param hrefOf the address of another one of its kind
 */
export function Missing({
  noun,
  name,
  problem,
  hrefOf,
}: {
  noun: 'service' | 'team';
  name: string;
  problem: Problem;
  hrefOf: (name: string) => string;
}) {
  const suggestion = suggestionIn(problem);
  return (
    <>
      <TitleBlock title={`No ${noun} is called ${name}`}>
        {suggestion === null ? (
          'It may have another name now, or its definition was removed. The audit knows which.'
        ) : (
          <>
            Did you mean <a href={hrefOf(suggestion)}>{suggestion}</a>?
          </>
        )}
      </TitleBlock>
      <ButtonLink href="/services">All services</ButtonLink>
    </>
  );
}
