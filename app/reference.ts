import type { Command } from './command.ts';
import { exitCodeWords } from './exit-codes.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const flagTable = (command: Command): readonly string[] => {
  if (command.flags.length === 0) return [];
  const rows = command.flags.map((flag) => {
    const name = flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value}`;
    const variable = flag.environment === undefined ? '' : `\`${flag.environment}\``;
    return `| \`${cell(name)}\` | ${variable} | ${cell(flag.help)} |`;
  });
  return ['', '| flag | variable | what |', '| --- | --- | --- |', ...rows];
};

const sectionOf = (command: Command): readonly string[] => [
  '',
  `## plimsoll ${command.name}`,
  '```text',
  ['plimsoll', command.name, ...command.operands, command.flags.length > 0 ? '[flags]' : ''].filter(Boolean).join(' '),
  '```',
  command.summary,
  ...command.about,
  ...flagTable(command),
];

/** The reference of the command line, as Markdown, made from the same list that parses it. */
export function commandLineReference(commands: readonly Command[]): string {
  const codes = exitCodeWords.map(([code, words]) => `| ${code} | ${words} |`);
  return [
    '# Command line',
    '',
    'Made from the code by `npm run reference`. In a clone each command is `npx plimsoll …`.',
    '',
    '| exit code | meaning |',
    '| --- | --- |',
    ...codes,
    ...commands.flatMap(sectionOf),
    '',
  ].join('\n');
}
