import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * The width of an element in pixels, as it changes. Marks and names need it: 24 px of target is another share of the
 * plot on a phone than on a wall.
 * @param usual taken until the element is laid out
 */
export function useWidth<Box extends Element>(usual: number): { ref: RefObject<Box | null>; width: Signal<number> } {
  const ref = useRef<Box>(null);
  const width = useSignal(usual);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return undefined;
    const measure = (): void => {
      const measured = box.getBoundingClientRect().width;
      if (measured > 0) width.value = measured;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [width]);
  return { ref, width };
}
