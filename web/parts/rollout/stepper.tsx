export type Step = {
  /** Share of the traffic: "5 %". */
  readonly share: string;
  readonly state: 'done' | 'now' | 'halted' | 'later';
};

/** The steps of a rollout. A halted one is hatched, like every freeze. */
export function Stepper({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol class="stepper" aria-label={label}>
      {steps.map(({ share, state }) => (
        <li key={share} class={state} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
          <b>{share}</b>
          {state}
        </li>
      ))}
    </ol>
  );
}
