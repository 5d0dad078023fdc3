/** A piece of a text and whether the reader typed it. */
export type Piece = { readonly text: string; readonly matched: boolean };

/**
 * Cuts a text at the first place where what was typed occurs, upper and lower case alike.
 * @returns pieces that give the text again when joined; none is empty
 */
export function matchedPieces(text: string, typed: string): readonly Piece[] {
  const at = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase());
  if (at < 0) return text === '' ? [] : [{ text, matched: false }];
  const pieces = [
    { text: text.slice(0, at), matched: false },
    { text: text.slice(at, at + typed.length), matched: true },
    { text: text.slice(at + typed.length), matched: false },
  ];
  return pieces.filter((piece) => piece.text !== '');
}
