import type { TSchema } from 'typebox';
import type { JsonValue } from '../../kernel/json.ts';

/** A TypeBox schema read as what it also is: a JSON Schema (draft 2020-12). Only the keywords that we use are named. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: SchemaNode | readonly SchemaNode[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly default?: JsonValue;
  readonly title?: string;
  readonly description?: string;
  /** Our own word: what a person should read instead of a pattern. */
  readonly 'x-expected'?: string;
  readonly $id?: string;
  readonly $ref?: string;
}

export const nodeOf = (schema: TSchema): SchemaNode => schema as SchemaNode;

/** The properties of a schema of an object, those of its parts (`allOf`) included. */
export const propertiesOf = (node: SchemaNode): Readonly<Record<string, SchemaNode>> =>
  Object.assign({}, ...(node.allOf ?? []).map(propertiesOf), node.properties ?? {});

/** The names that must be there. */
export const requiredOf = (node: SchemaNode): ReadonlySet<string> =>
  new Set([...(node.allOf ?? []).flatMap((part) => [...requiredOf(part)]), ...(node.required ?? [])]);

/** The values a schema lists one by one, or null when it is no such list. */
export function listedValues(node: SchemaNode): readonly JsonValue[] | null {
  if (node.const !== undefined) return [node.const];
  if (node.enum !== undefined) return node.enum;
  if (node.anyOf === undefined) return null;
  const parts = node.anyOf.map(listedValues);
  return parts.every((part) => part !== null) ? parts.flat() : null;
}
