/** A row of a file, wherever it came from. */
export type SourceRow = {
  /** Where people find it: the line of NDJSON, the row of a spreadsheet. */
  row: number
  /** What it says, not yet checked; or why it can't be read at all, in words. */
  content: { ok: true; value: unknown } | { ok: false; reason: string }
  /** Bytes or so, for the size of batches. */
  size: number
  /** The row as it was, with its number and the reason in front, as it goes into the file of rejects. */
  rejected(reason: string): string
}

export type SourceFile = {
  /** What a file of rejects begins with. */
  rejectsHeader: string
  /** The rows after row `done`, in their order; empty ones are left out. */
  rows(done: number): AsyncIterable<SourceRow>
  /** Bytes read so far. */
  bytesRead(): number
}

/** A file that can't be read on: its message says in words where and why. */
export class UnreadableFile extends Error {}

/** Longer rows are refused, so that no row can fill the memory. */
export const LONGEST_ROW = 1024 * 1024
