export type Token = {
  kind: 'word' | 'quoted' | 'literal' | 'symbol'
  text: string
  start: number
  end: number
}

/** One statement without its semicolon and the comments around it, and where it starts in the text. */
export type Statement = { sql: string; start: number; tokens: readonly Token[] }

const SPACE = /(?:\s+|--[^\n]*)+/y
const TOKEN = new RegExp(
  [
    /(?<literal>[eE]'(?:[^'\\]+|''|\\[\s\S])*'|'(?:[^']+|'')*'|(?<tag>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?\k<tag>)/,
    /(?<quoted>"(?:[^"]+|"")*")/,
    /(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/,
    /(?<symbol>\d[\w.]*|[\s\S])/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'y',
)

/**
 * Splits SQL at its semicolons as psql does: not those in strings, dollar quotes, comments, parentheses and the SQL
 * bodies (BEGIN ATOMIC) of functions.
 */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = []
  let tokens: Token[] = []
  let depth = 0
  const finish = () => {
    const first = tokens[0]
    const last = tokens.at(-1)
    if (first && last) statements.push({ sql: sql.slice(first.start, last.end), start: first.start, tokens })
    tokens = []
    depth = 0
  }
  for (const token of tokenize(sql)) {
    if (token.text === ';' && depth <= 0) {
      finish()
      continue
    }
    depth += nesting(token, tokens)
    tokens.push(token)
  }
  finish()
  return statements
}

/** The first `count` words of a statement in lower case: what kind of statement it is. */
export function leadingWords({ tokens }: Statement, count: number): string {
  return tokens
    .slice(0, count)
    .map((token) => token.text.toLowerCase())
    .join(' ')
}

function* tokenize(sql: string): Generator<Token> {
  let at = 0
  for (;;) {
    at = skipSpace(sql, at)
    TOKEN.lastIndex = at
    const match = TOKEN.exec(sql)
    if (!match) return
    const { literal, quoted, word } = match.groups ?? {}
    const kind = literal ? 'literal' : quoted ? 'quoted' : word ? 'word' : 'symbol'
    yield { kind, text: match[0], start: at, end: at + match[0].length }
    at += match[0].length
  }
}

function skipSpace(sql: string, from: number): number {
  let at = from
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(sql)?.[0].length ?? 0
    if (!sql.startsWith('/*', at)) return at
    at = endOfBlockComment(sql, at)
  }
}

/** Block comments nest in PostgreSQL. */
function endOfBlockComment(sql: string, from: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = from
  let open = 0
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    open += mark[0] === '/*' ? 1 : -1
    if (open === 0) return marks.lastIndex
  }
  return sql.length
}

/** How much deeper a token leads: a parenthesis, or BEGIN and CASE against END within a function's SQL body. */
function nesting(token: Token, before: readonly Token[]): number {
  if (token.text === '(') return 1
  if (token.text === ')') return -1
  if (token.kind !== 'word' || !definesRoutine(before)) return 0
  const word = token.text.toLowerCase()
  if (word === 'atomic' && before.at(-1)?.text.toLowerCase() === 'begin') return 1
  const inBody = before.some((earlier) => earlier.text.toLowerCase() === 'atomic')
  if (!inBody) return 0
  return word === 'case' ? 1 : word === 'end' ? -1 : 0
}

function definesRoutine(tokens: readonly Token[]): boolean {
  const start = tokens.slice(0, 4).map((token) => token.text.toLowerCase())
  return start[0] === 'create' && (start.includes('function') || start.includes('procedure'))
}
