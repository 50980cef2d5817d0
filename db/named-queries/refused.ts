/** A query can't be explained as asked; the message is a sentence for whoever asked. */
export class Refused extends Error {
  override readonly name = 'Refused'
}
