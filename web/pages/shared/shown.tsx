import type { ComponentChildren } from 'preact';
import { Skeleton } from '../../parts/index.ts';
import type { Resource } from '../../resource.ts';
import { ProblemNote } from './problem-note.tsx';

/**
 * Shows a resource in whichever state it is: bars while it is read the first time, the value, and over an older value what
 * kept it from being read again.
 * @param what names it while it is read: "Services"
 */
export function Shown<Value>({
  resource,
  what,
  children,
}: {
  resource: Resource<Value>;
  what: string;
  children: (value: Value) => ComponentChildren;
}) {
  const { value, problem, reload } = resource;
  return (
    <>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
      {value === null && problem === null ? <Skeleton label={`${what} are being read`} /> : null}
      {value === null ? null : children(value)}
    </>
  );
}
