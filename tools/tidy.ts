/**
 * Holds our own rules against the tree: `npm run tidy`, and part of `npm test`. With `--rules` it lists them: what is
 * forbidden where, what to use instead, and why.
 */
import { capabilityOrder } from '../capabilities/order.ts';
import { projectFolder } from './runtime.mjs';
import { faultInWords } from './tidy/rule.ts';
import { rules } from './tidy/rules.ts';
import { readTree } from './tidy/tree.ts';

function listRules(): void {
  for (const { name, where, use, why } of rules)
    console.log(`${name}\n    in   ${where}\n    use  ${use}\n    why  ${why}`);
}

function check(): void {
  const tree = readTree(projectFolder, capabilityOrder);
  const faults = rules.flatMap((rule) => [...rule.faults(tree)].map((fault) => faultInWords(rule, fault)));
  for (const fault of faults) console.error(fault);
  console.log(
    `${rules.length} rules, ${tree.files.size} files: ${faults.length === 0 ? 'tidy' : `${faults.length} faults`}`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (process.argv.includes('--rules')) listRules();
else check();
