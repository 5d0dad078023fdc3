import type { TSchema } from 'typebox';
import type { JsonObject } from '../../kernel/json.ts';

/** Where something stands in a text: both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A fault of a definition: `services.yaml:12:7: expected …, found …. Did you mean "harbour"?` */
export interface Fault extends Position {
  /** Path of the file, relative to the definitions folder. */
  readonly file: string;
  /** JSON pointer into the document; empty when the text could not be read at all. */
  readonly pointer: string;
  /** One sentence: what was found, what was expected, the next step. */
  readonly message: string;
}

/** What names a document: unique among all that are in force. */
export interface DocumentName {
  readonly kind: string;
  readonly name: string;
}

/** A document that was read and fits its schema. */
export interface DefinitionDocument extends DocumentName {
  readonly file: string;
  readonly position: Position;
  readonly body: JsonObject;
}

/** A reference that a rule found unfit, by pointer; the loader adds file, line and column. */
export interface RuleFault {
  readonly pointer: string;
  readonly message: string;
}

/** What a rule may ask: all documents that would be in force together. */
export interface DocumentsInView {
  has(kind: string, name: string): boolean;
  namesOf(kind: string): readonly string[];
  bodyOf(kind: string, name: string): JsonObject | undefined;
  /**
   * The clause for a name that is not there: ` Did you mean "harbour"?`, or nothing. Rules ask here rather than compare with
   * `namesOf` themselves: a folder with thousands of wrong names is then told about the first of them only.
   */
  didYouMean(kind: string, name: string): string;
}

/** A kind of document, registered by the capability that owns it. */
export interface Kind<Body extends JsonObject = JsonObject> {
  /** As written in `kind:`, such as `Service`. */
  readonly kind: string;
  /** `plimsoll/v1` for our own kinds. */
  readonly apiVersion: string;
  /** The whole document, with apiVersion, kind and metadata. Served at `/api/v1/schemas/<kind>`. */
  readonly schema: TSchema;
  readonly summary: string;
  /** Cross-references and sums that a schema cannot say. Pure. */
  rules?(body: Body, view: DocumentsInView): readonly RuleFault[];
}

/** Where a revision came from. */
export type Source =
  | { readonly from: 'folder'; readonly commit: string | null }
  | { readonly from: 'api'; readonly commit: string | null };
