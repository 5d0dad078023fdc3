import { Compile } from 'typebox/compile';
import { assert } from '../../kernel/assert.ts';
import type { JsonObject, JsonValue } from '../../kernel/json.ts';
import { explain, type Finding } from './explain.ts';
import type { Kind } from './kind.ts';

/** The kinds of document that this program knows. */
export interface Registry {
  readonly kinds: readonly Kind[];
  kindOf(name: string): Kind | undefined;
  /** Where the value does not fit the schema of the kind; empty when it fits. */
  findings(kind: Kind, value: JsonValue): readonly Finding[];
  /** The JSON Schema (2020-12) of a kind, for editors and programs. */
  schemaOf(kind: Kind): JsonObject;
}

/** What a document is allowed to look like when our own explanation finds nothing: the validator's words, never silence. */
const fallback: Finding = { pointer: '', atKey: false, message: 'the document does not fit the schema of its kind.' };

/**
 * Gathers the kinds of all capabilities. Validators are compiled when a kind is first met.
 * @throws AssertionFailure when two kinds have one name
 */
export function createRegistry(kinds: readonly Kind[]): Registry {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  assert(byName.size === kinds.length, 'each kind of document is registered once');
  const validators = new Map<string, (value: JsonValue) => boolean>();
  const validatorOf = (kind: Kind): ((value: JsonValue) => boolean) => {
    const known = validators.get(kind.kind);
    if (known !== undefined) return known;
    const compiled = Compile(kind.schema);
    const validate = (value: JsonValue): boolean => compiled.Check(value);
    validators.set(kind.kind, validate);
    return validate;
  };
  return {
    kinds,
    kindOf: (name) => byName.get(name),
    findings: (kind, value) => {
      if (validatorOf(kind)(value)) return [];
      const findings = explain(kind.schema as Parameters<typeof explain>[0], value);
      return findings.length > 0 ? findings : [fallback];
    },
    schemaOf: (kind) => ({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `/api/v1/schemas/${kind.kind}`,
      title: kind.kind,
      description: kind.summary,
      // A schema is plain JSON but for TypeBox's hidden markers, which are left behind here.
      ...(JSON.parse(JSON.stringify(kind.schema)) as JsonObject),
    }),
  };
}
