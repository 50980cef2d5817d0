/** The columns of a recipe file in CSV; the first six may not be missing. */
const COLUMNS = [
  'title',
  'cuisine',
  'prep_time',
  'chef',
  'chef_experience',
  'ingredients',
  'method',
  'id',
  'difficulty',
  'calories',
  'row',
  'reason',
] as const
type Column = (typeof COLUMNS)[number]
const REQUIRED: readonly Column[] = COLUMNS.slice(0, 6)
const NUMBERS: ReadonlySet<Column> = new Set(['prep_time', 'chef_experience', 'calories'])

/** What is wrong with the first line of a CSV file, in words, or null. */
export function headerProblem(header: readonly string[]): string | null {
  const known: readonly string[] = COLUMNS
  const names = header.map(columnName)
  const missing = REQUIRED.filter((column) => !names.includes(column))
  const unknown = names.filter((name) => !known.includes(name))
  const twice = names.filter((name, place) => names.indexOf(name) !== place)
  if (missing.length > 0)
    return `Its first line must name the columns, separated by commas; missing: ${missing.join(', ')}.`
  if (unknown.length > 0)
    return `Its first line names columns that recipes don't have: ${unknown.map((name) => JSON.stringify(name)).join(', ')}.`
  return twice.length > 0 ? `Its first line names a column twice: ${twice.join(', ')}.` : null
}

const columnName = (cell: string) => cell.trim().toLowerCase()

/**
 * A CSV row as the object that `parseRecipeRow` checks: empty cells are missing, digits are numbers, and lists are one
 * item a line or separated by `|`. Null where the row has more or fewer cells than the header.
 */
export function recipeOfCells(
  header: readonly string[],
  cells: readonly string[],
): Record<string, unknown> | null {
  if (cells.length !== header.length) return null
  const row: Record<string, unknown> = {}
  header.forEach((cell, place) => {
    const column = columnName(cell) as Column
    const text = cells[place] ?? ''
    if (text.trim() !== '') row[column] = readCell(column, text)
  })
  return row
}

function readCell(column: Column, text: string): unknown {
  if (NUMBERS.has(column)) return /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : text
  if (column === 'ingredients') return itemsOf(text).map(lineOf)
  return column === 'method' ? itemsOf(text) : text
}

const itemsOf = (text: string) =>
  text
    .split(/[\n|]/)
    .map((item) => item.replace(/\s+/g, ' ').trim())
    .filter((item) => item !== '')

const LINE = /^(\S+) (\S+) ([^;[\]]*[^;[\] ]) ?(?:\[([^[\]]*)\])? ?(?:;(.*))?$/

/** `0.02 kg Parmesan [milk]; finely grated`: quantity, unit, name, and where wanted allergens and notes. */
function lineOf(item: string): unknown {
  const match = LINE.exec(item)
  if (!match) return { name: item }
  const [, quantity, unit, name, allergens, notes] = match
  return {
    quantity,
    unit,
    name,
    ...(allergens && { allergens: allergens.split(/[\s,]+/).filter(Boolean) }),
    ...(notes && { notes }),
  }
}
