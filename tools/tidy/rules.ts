/** All our own rules. What Biome and the types check besides stands in biome.json and tsconfig.json. */
import { bans } from './bans.ts';
import { documents } from './documents.ts';
import { capabilityOrderRule, importLaw } from './import-law.ts';
import { living } from './living.ts';
import { oneWayOut } from './one-way-out.ts';
import type { Rule } from './rule.ts';
import { sizes } from './size.ts';

export const rules: readonly Rule[] = [
  importLaw,
  capabilityOrderRule,
  oneWayOut,
  ...sizes,
  ...bans,
  ...living,
  ...documents,
];
