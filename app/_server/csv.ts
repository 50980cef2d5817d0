import { stringify } from 'csv-stringify/sync'
import { guarded } from '@/domain/sheet'

export type CsvCell = string | number | boolean | null

const CONTENT = { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' }

/**
 * Rows as a CSV file (RFC 4180) to be saved. It begins with a byte order mark, so that spreadsheets read it as UTF-8, and
 * no cell begins with what they take for a formula. Batches are asked for as fast as they are read and no faster, so
 * that a list of any length takes the memory of one.
 */
export async function csvResponse(
  fileName: string,
  header: readonly string[],
  batches: AsyncIterable<readonly (readonly CsvCell[])[]>,
): Promise<Response> {
  const texts = textsOf(header, batches)
  // What fails before the first row is an answer of its own, and no file that breaks off.
  const first = await texts.next()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(first.value ?? '')),
    async pull(controller) {
      const next = await texts.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
  const name = fileName.replace(/[^\w.-]+/g, '-')
  return new Response(body, {
    headers: { ...CONTENT, 'content-disposition': `attachment; filename="${name}"` },
  })
}

const encoder = new TextEncoder()
const BYTE_ORDER_MARK = '\ufeff'

async function* textsOf(
  header: readonly string[],
  batches: AsyncIterable<readonly (readonly CsvCell[])[]>,
): AsyncGenerator<string, undefined, undefined> {
  let begun = BYTE_ORDER_MARK + linesOf([header])
  for await (const rows of batches) {
    if (rows.length === 0) continue
    yield begun + linesOf(rows)
    begun = ''
  }
  if (begun) yield begun
}

const linesOf = (rows: readonly (readonly CsvCell[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guarded(cell) : cell))),
    { record_delimiter: '\r\n', cast: { boolean: (value) => (value ? 'yes' : 'no') } },
  )

/** Batches of what is asked for a page at a time: `page` answers with rows and where the next page begins, or null. */
export async function* batchesOf<Row, Key>(
  page: (after: Key | null) => Promise<{ rows: Row[]; next: Key | null }>,
): AsyncGenerator<Row[]> {
  let after: Key | null = null
  do {
    const { rows, next }: { rows: Row[]; next: Key | null } = await page(after)
    yield rows
    after = next
  } while (after !== null)
}
