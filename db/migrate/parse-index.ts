import { leadingWords, type Statement, type Token } from './sql-statements'

/** A CREATE INDEX CONCURRENTLY, taken apart far enough to find the index and to build it again elsewhere. */
export type IndexBuild = {
  /** As the catalog has it, though perhaps longer. */
  name: string
  /** As written, perhaps with its schema. */
  table: string
  unique: boolean
  /** All after the table: method, columns, predicate. */
  tail: string
}

/** Null for any other statement; `unnamed` when the server would make up the index's name. */
export function parseIndexBuild(statement: Statement): IndexBuild | 'unnamed' | null {
  const unique = leadingWords(statement, 2) === 'create unique'
  const rest = statement.tokens.slice(unique ? 2 : 1)
  if (!takeWords(rest, 'index', 'concurrently') || leadingWords(statement, 1) !== 'create') return null
  takeWords(rest, 'if', 'not', 'exists')
  if (isWord(rest[0], 'on')) return 'unnamed'
  const name = rest.shift()
  if (!name || !takeWords(rest, 'on')) return null
  takeWords(rest, 'only')
  const table = takeQualifiedName(rest)
  const sql = (from: number, to: number) => statement.sql.slice(from - statement.start, to - statement.start)
  const first = table[0]
  const last = table.at(-1)
  if (!first || !last) return null
  return {
    name: identifier(name),
    table: sql(first.start, last.end),
    unique,
    tail: sql(last.end, statement.start + statement.sql.length),
  }
}

function takeWords(tokens: Token[], ...words: string[]): boolean {
  if (!words.every((word, at) => isWord(tokens[at], word))) return false
  tokens.splice(0, words.length)
  return true
}

function takeQualifiedName(tokens: Token[]): Token[] {
  const dots = tokens[1]?.text === '.' ? (tokens[3]?.text === '.' ? 2 : 1) : 0
  return tokens.splice(0, 1 + dots * 2)
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

function identifier({ kind, text }: Token): string {
  return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase()
}
