import { createReadStream } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import { LONGEST_ROW, type SourceFile, type SourceRow, UnreadableFile } from './source-row'

/** Columns that a file of rejects has in front. */
const VERDICT = ['row', 'reason']

/** What the rows of a file are. */
export type CsvLayout = {
  /** What is wrong with the file's first line, in words, or null. */
  headerProblem: (header: readonly string[]) => string | null
  /** A row as it is checked next; null where it has more or fewer cells than the header. */
  valueOf: (header: readonly string[], cells: readonly string[]) => unknown
}

export type CsvRow = SourceRow & { cells: readonly string[] }

export type CsvFile = Omit<SourceFile, 'rows'> & {
  header: readonly string[]
  rows(done: number): AsyncIterable<CsvRow>
}

/**
 * A CSV file, RFC 4180 with a header; between its cells stand commas, or semicolons, as spreadsheets write them where the
 * comma is the decimal mark. Rows are counted as a spreadsheet does: the header is row 1.
 * @throws {UnreadableFile} when the header is not one of the layout
 */
export async function openCsv(file: string, layout: CsvLayout): Promise<CsvFile> {
  const { header, delimiter } = await readHeader(file, layout)
  let stream: ReturnType<typeof createReadStream> | undefined
  return {
    header,
    rejectsHeader: csvLine([...VERDICT, ...header.filter(isKept)]),
    bytesRead: () => stream?.bytesRead ?? 0,
    async *rows(done: number) {
      stream = createReadStream(file)
      let row = 0
      for await (const cells of recordsOf(stream, delimiter)) {
        row++
        if (row > Math.max(done, 1) && !isBlank(cells)) yield readCells(layout, header, cells, row)
      }
    },
  }
}

async function readHeader(file: string, { headerProblem }: CsvLayout) {
  const header = await firstRecord(file, ',')
  const [only = ''] = header
  const delimiter = header.length === 1 && only.includes(';') ? ';' : ','
  const names = delimiter === ',' ? header : await firstRecord(file, delimiter)
  const problem = headerProblem(names)
  if (problem) throw new UnreadableFile(problem)
  return { header: names, delimiter }
}

async function firstRecord(file: string, delimiter: string): Promise<string[]> {
  for await (const cells of recordsOf(createReadStream(file), delimiter)) return cells
  throw new UnreadableFile('It is empty: its first line must name the columns.')
}

async function* recordsOf(
  stream: ReturnType<typeof createReadStream>,
  delimiter: string,
): AsyncGenerator<string[]> {
  const parser = parse({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
  })
  stream.on('error', (error) => parser.destroy(error))
  let row = 0
  try {
    for await (const cells of stream.pipe(parser) as AsyncIterable<string[]>) {
      row++
      yield cells
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableFile(whyBroken(error, row + 1)) : error
  } finally {
    stream.destroy()
  }
}

/** What comes after such a place can't be told apart any more, so that reading ends there. */
function whyBroken(error: CsvError, row: number): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return `Row ${row} opens a quote that is closed nowhere: close it and run the import again.`
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `Row ${row} is longer than ${LONGEST_ROW} characters, perhaps because a quote isn't closed: correct it and run the import again.`
  return `Row ${row} can't be read: ${error.message}`
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

/** The columns of an earlier verdict give way to the new one's. */
const isKept = (name: string | undefined) => !VERDICT.includes((name ?? '').trim().toLowerCase())

function readCells(
  layout: CsvLayout,
  header: readonly string[],
  cells: readonly string[],
  row: number,
): CsvRow {
  const value = layout.valueOf(header, cells)
  const kept = cells.filter((_, place) => isKept(header[place]))
  return {
    row,
    cells,
    size: cells.reduce((sum, cell) => sum + cell.length, 0),
    content: value
      ? { ok: true, value }
      : { ok: false, reason: `the row has ${cells.length} cells, and the header names ${header.length}` },
    rejected: (reason) => csvLine([String(row), reason, ...kept]),
  }
}

const csvLine = (cells: readonly string[]) => `${cells.map(csvCell).join(',')}\n`

const csvCell = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
