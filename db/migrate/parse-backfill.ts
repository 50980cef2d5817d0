import { leadingWords, type Statement } from './sql-statements'

/** A statement that is run again and again, each time over the next range of a table's key. */
export type Backfill = {
  /** As written, perhaps with its schema. */
  table: string
  /** The columns of the key, in its order. */
  keys: string[]
  /** The statement, taken apart at its parameters, whose numbers stand between its texts. */
  pieces: (string | number)[]
}

const HEADER = /^backfill: +([a-z_][\w$]*(?:\.[a-z_][\w$]*)?) +([a-z_][\w$]*(?: *, *[a-z_][\w$]*)*)$/
const WRITES = new Set(['update', 'insert', 'delete', 'with'])

/**
 * Reads `backfill: table key, key` and the one statement under it.
 * @returns what is wrong with it, to follow the file's name, when it is a string
 */
export function parseBackfill(header: string, statements: readonly Statement[]): Backfill | string {
  const [, table, columns] = HEADER.exec(header) ?? []
  if (!table || !columns)
    return 'must name a table and its key, such as "-- backfill: orders restaurant_id, id"'
  const [statement, second] = statements
  if (!statement || second) return `is a backfill, so it must hold exactly one statement`
  if (!WRITES.has(leadingWords(statement, 1)))
    return 'is a backfill, so its statement must be an UPDATE, INSERT or DELETE'
  const keys = columns.split(',').map((column) => column.trim())
  const pieces = takeApart(statement)
  const used = new Set(pieces.filter((piece) => typeof piece === 'number'))
  const wanted = Array.from({ length: keys.length * 2 }, (_, index) => index + 1)
  if (used.size !== wanted.length || !wanted.every((number) => used.has(number)))
    return `is a backfill over ${keys.join(', ')}, so its statement must say ${range(keys)}`
  return { table, keys, pieces }
}

/** The condition that each batch is bounded by: the first key of the batch and the last, both of them in it. */
function range(keys: readonly string[]): string {
  const from = keys.map((_, index) => `$${index + 1}`)
  const to = keys.map((_, index) => `$${keys.length + index + 1}`)
  if (keys.length === 1) return `"${keys[0]} between ${from} and ${to}"`
  return `"(${keys.join(', ')}) between (${from.join(', ')}) and (${to.join(', ')})"`
}

function takeApart({ sql, start, tokens }: Statement): (string | number)[] {
  const pieces: (string | number)[] = []
  let at = 0
  for (const [index, token] of tokens.entries()) {
    const number = tokens[index + 1]
    if (token.text !== '$' || token.kind !== 'symbol' || !number || !/^\d+$/.test(number.text)) continue
    pieces.push(sql.slice(at, token.start - start), Number(number.text))
    at = number.end - start
  }
  return [...pieces, sql.slice(at)]
}
