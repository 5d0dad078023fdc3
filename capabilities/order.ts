/**
 * The capabilities in the order of the import law: one may import the `index.ts` or `facts.ts` of those before it, never of
 * those after it. A later one moves an earlier one by issuing its command. `tools/tidy.ts` holds this list against the code.
 */
export const capabilityOrder = ['access', 'catalog'] as const;
