import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../frame/page.ts';
import { Skeleton } from '../parts/index.ts';

/** Opens the style guide, which comes in a file of its own: few need it, and it is not small. */
export function StyleguideDoor() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Style guide' });
  const [Page, setPage] = useState<ComponentType | null>(null);
  useEffect(() => {
    void import('./styleguide.tsx').then(({ StyleguidePage }) => setPage(() => StyleguidePage));
  }, []);
  return Page === null ? <Skeleton label="The style guide is being read" /> : <Page />;
}
