/**
 * A share of a whole as a bar.
 * @param share percent, 0 to 100
 * @param kind `inferred` is hatched in a dashed frame; `watch` and `alarm` only where the share itself is the danger
 */
export function Meter({
  label,
  share,
  kind = 'recorded',
}: {
  label: string;
  share: number;
  kind?: 'recorded' | 'inferred' | 'watch' | 'alarm';
}) {
  const held = Math.min(Math.max(share, 0), 100);
  return (
    <div class="metered">
      {kind === 'inferred' ? <em class="small sub">{label}</em> : <span class="small sub">{label}</span>}
      {/* biome-ignore lint/a11y/useSemanticElements: browsers do not let a native meter be hatched */}
      <div
        class={`meter ${kind}`}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(held)}
      >
        <i style={{ width: `${held}%` }} />
      </div>
    </div>
  );
}
