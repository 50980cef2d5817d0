import type { SourceRow } from './source-row'

/** So that a thousand rows of the largest size don't fill the memory. */
const LARGEST_BATCH = 4 * 1024 * 1024

/**
 * Rows in groups of at most `size`, fewer where they are large. Where the rows break off with an error, those before it
 * are a group first.
 */
export async function* batchesOf<Row extends Pick<SourceRow, 'size'>>(
  rows: AsyncIterable<Row>,
  size: number,
): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = []
  let bytes = 0
  let failure: { error: unknown } | null = null
  try {
    for await (const row of rows) {
      batch.push(row)
      bytes += row.size
      if (batch.length === size || bytes >= LARGEST_BATCH) {
        yield batch
        batch = []
        bytes = 0
      }
    }
  } catch (error) {
    failure = { error }
  }
  if (batch.length > 0) yield batch
  if (failure) throw failure.error
}
