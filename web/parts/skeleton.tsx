/**
 * Stands where text will be, for the first load only. Never without a word: assistive technology hears what is awaited.
 * @param widths percent of the space, one a line
 */
export function Skeleton({ label, widths = [62, 44] }: { label: string; widths?: readonly number[] }) {
  return (
    <div class="skels" role="status" aria-label={label}>
      {widths.map((width, line) => (
        <div key={line} class="skel" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
