/** A law of the product does not hold, or something goes on for ever. The run ends here. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken';
}
