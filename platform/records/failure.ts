/** Thrown when the records cannot answer: closed, unreadable, or an erasure that could not be carried through to the file. */
export class RecordsFailure extends Error {
  override readonly name = 'RecordsFailure';
}
