import Type from 'typebox';

/** The version of our own kinds, as it stands in `apiVersion:`. */
export const apiVersion = 'plimsoll/v1';

const strict = { additionalProperties: false } as const;

/** A name that other documents refer to. It is a label of DNS (RFC 1123), so that it fits into addresses and metric labels. */
export const Name = Type.String({
  pattern: '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$',
  maxLength: 63,
  'x-expected': 'a name of small letters, digits and hyphens, such as "checkout"',
});

const Title = Type.String({ minLength: 1, maxLength: 120, description: 'As people call it, such as "Card payments".' });

const labelKey = '^[a-z0-9](?:[a-z0-9._/-]{0,61}[a-z0-9])?$';

const Labels = Type.Record(Type.String({ pattern: labelKey }), Type.String({ maxLength: 120 }), {
  ...strict,
  maxProperties: 50,
  description: 'For filters and groups, such as area: payments.',
  'x-expected': 'a map of labels: keys of small letters, digits and . _ / -, with texts as values',
});

/** What every document has: its name, and how people call it. */
export const Metadata = Type.Object(
  { name: Name, title: Type.Optional(Title), labels: Type.Optional(Labels) },
  { ...strict, 'x-expected': 'a map with name, and if you like title and labels' },
);

export const Description = Type.String({ maxLength: 2_000, description: 'What it is for, in a sentence or a few.' });

/** Only addresses that a browser may open from the console. */
const Url = Type.String({
  pattern: '^https?://[^\\s<>"]+$',
  maxLength: 2_000,
  'x-expected': 'an address that begins with https:// or http://',
});

export const Links = Type.Array(
  Type.Object({ title: Type.String({ minLength: 1, maxLength: 80 }), url: Url }, strict),
  { maxItems: 30, description: 'Dashboards, documents, boards.' },
);

/** The words of a title: the document's own, or its name. */
export const titleOf = ({ name, title }: { readonly name: string; readonly title?: string }): string => title ?? name;
