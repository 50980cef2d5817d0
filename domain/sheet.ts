/** What can be taken in from a file. */
export const SHEET_KINDS = ['menu_item', 'ingredient', 'supplier', 'recipe'] as const
export type SheetKind = (typeof SHEET_KINDS)[number]

export const IMPORT_STATES = ['checking', 'checked', 'taking', 'taken', 'unreadable'] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** How long the rows of a file are kept after its upload: then they are deleted, and only what it came to stays. */
export const ROWS_KEPT_DAYS = 90

/** What is to become of a row. */
export const IMPORT_VERDICTS = ['added', 'changed', 'same', 'refused'] as const
export type ImportVerdict = (typeof IMPORT_VERDICTS)[number]

/** Columns that a file of refused rows has in front; they are passed over when it comes again. */
export const VERDICT_COLUMNS: readonly string[] = ['row', 'reason']

/** One column of a sheet: a field of a record as people write it in a cell. */
export type Column = {
  name: string
  field: string
  /** What to write. */
  about: string
  example: string
  /** The field of an empty cell. Without it an empty cell leaves the field as it is. */
  empty?: unknown
  /** The cell names another record, whose number the field is. */
  refers?: Reference
  /** The field of a cell; undefined where it can't be read. */
  read: (text: string, currency: string) => unknown
  /** What is wrong with a cell that can't be read, after its name: "is …". */
  wrong: string
  /** The cell of a field; null fields are empty cells. */
  write: (value: never, currency: string) => string
}

export type Reference = 'category' | 'recipe' | 'supplier'

/** How records of a kind stand in a table. */
export type Sheet = {
  columns: readonly Column[]
  /** Fields of a new record that its row doesn't say. */
  defaults: Readonly<Record<string, unknown>>
}

const columnName = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** What is wrong with the first line of a file, in words, or null. Columns may stand in any order, and not all of them. */
export function sheetHeaderProblem({ columns }: Sheet, header: readonly string[]): string | null {
  const known = ['id', ...columns.map(({ name }) => name), ...VERDICT_COLUMNS]
  const names = header.map(columnName)
  const quoted = (list: readonly string[]) => list.map((name) => JSON.stringify(name)).join(', ')
  const unknown = names.filter((name) => !known.includes(name))
  const twice = names.filter((name, place) => names.indexOf(name) !== place)
  if (!names.includes('id') && !names.includes('name'))
    return 'Its first line must name the columns, separated by commas, and one of them must be name or id.'
  if (unknown.length > 0)
    return `Its first line names columns that there are not: ${quoted(unknown.slice(0, 5))}. There are: ${known.slice(0, -2).join(', ')}.`
  return twice.length > 0 ? `Its first line names a column twice: ${twice[0]}.` : null
}

/** A row as it was read: fields by name, and names of other records that are yet to be found. */
export type RowWish = {
  /** The record's number; null: its name says which one it is. */
  id: number | null
  values: Record<string, unknown>
  references: { column: string; field: string; refers: Reference; text: string }[]
}

/** A row of a sheet, or why it can't be read, in words. */
export function readSheetRow(
  { columns }: Sheet,
  header: readonly string[],
  cells: readonly string[],
  currency: string,
): { ok: true; wish: RowWish } | { ok: false; reason: string } {
  if (cells.length !== header.length)
    return { ok: false, reason: `the row has ${cells.length} cells, and the header names ${header.length}` }
  if (cells.some((cell) => cell.includes('\0')))
    return { ok: false, reason: 'the row has a NUL character, which can’t be stored' }
  const wish: RowWish = { id: null, values: {}, references: [] }
  const problems: string[] = []
  header.forEach((title, place) => {
    const name = columnName(title)
    const text = unguarded((cells[place] ?? '').trim())
    const column = columns.find((candidate) => candidate.name === name)
    if (name === 'id') {
      if (/^[1-9]\d{0,8}$/.test(text)) wish.id = Number(text)
      else if (text !== '')
        problems.push('id is no number that Brigade gave: leave it empty for something new')
    } else if (!column) return
    else if (text === '') {
      if ('empty' in column) wish.values[column.field] = column.empty
    } else if (column.refers)
      wish.references.push({ column: name, field: column.field, refers: column.refers, text })
    else {
      const value = column.read(text, currency)
      if (value === undefined) problems.push(`${name} ${column.wrong}`)
      else wish.values[column.field] = value
    }
  })
  return problems.length > 0 ? { ok: false, reason: problems.slice(0, 3).join('; ') } : { ok: true, wish }
}

/**
 * A cell for spreadsheets, which take text that begins so for a formula and may run it: `'=1+1` reads as `=1+1` there, and
 * here again. A number stays one.
 */
export const guarded = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text

/** What a cell said before `guarded`. */
const unguarded = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

/** The cells of a record. References are written by their names. */
export const sheetCells = (
  { columns }: Sheet,
  doc: Readonly<Record<string, unknown>>,
  nameOf: (refers: Reference, id: number) => string,
  currency: string,
): string[] =>
  columns.map(({ field, refers, write }) => {
    const value = doc[field]
    if (value === null || value === undefined) return ''
    return refers ? nameOf(refers, value as number) : write(value as never, currency)
  })
