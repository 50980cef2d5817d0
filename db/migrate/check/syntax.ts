import { hasSqlDetails, loadModule, type Node, parseSync, type RangeVar, scanSync } from 'libpg-query'
import { lineAt } from '../parse'

/** A statement as PostgreSQL's own parser reads it, and where it begins and ends in its file. */
export type ParsedStatement = { node: Node; line: number; lastLine: number }
export type Comment = { line: number; text: string }
export type Syntax = { statements: ParsedStatement[]; comments: Comment[] }
export type SyntaxProblem = { line: number; message: string }

/** Statements and comments of a file, or what the parser says against it. */
export async function readSyntax(text: string): Promise<Syntax | SyntaxProblem> {
  await loadModule()
  const lineOfByte = lineFinder(text)
  try {
    const { tokens } = scanSync(text)
    const comments = tokens.filter(({ tokenName }) => tokenName === 'SQL_COMMENT')
    const code = tokens.filter(({ tokenName }) => !tokenName.endsWith('_COMMENT'))
    const statements = (parseSync(text).stmts ?? []).flatMap(({ stmt, stmt_location, stmt_len }) => {
      if (!stmt) return []
      const from = stmt_location ?? 0
      const to = stmt_len ? from + stmt_len : Number.POSITIVE_INFINITY
      const own = code.filter(({ start, end }) => start >= from && end <= to)
      return [
        {
          node: stmt,
          line: lineOfByte(own[0]?.start ?? from),
          lastLine: lineOfByte(own.at(-1)?.end ?? from),
        },
      ]
    })
    return {
      statements,
      comments: comments.map(({ start, text: comment }) => ({
        line: lineOfByte(start),
        text: comment.replace(/^-+>? */, '').trimEnd(),
      })),
    }
  } catch (error) {
    if (!hasSqlDetails(error)) throw error
    return { line: lineAt(text, error.sqlDetails?.cursorPosition ?? 0), message: error.message }
  }
}

/** The parser counts bytes of UTF-8. */
function lineFinder(text: string): (byte: number) => number {
  const bytes = Buffer.from(text)
  return (byte) => lineAt(bytes.subarray(0, byte).toString(), byte)
}

/** How the checks name a table: without `public`, which is where migrations work. */
export function tableName(relation: RangeVar | undefined): string {
  const { schemaname, relname = '' } = relation ?? {}
  return schemaname && schemaname !== 'public' ? `${schemaname}.${relname}` : relname
}

/** The texts of a list of String nodes: a column list, a qualified name. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []))
}

/** Of a name as DROP gives it: the parts as a list. */
export function qualifiedName(node: Node): string {
  const parts = 'List' in node ? strings(node.List.items) : strings([node])
  return parts[0] === 'public' ? parts.slice(1).join('.') : parts.join('.')
}

/** Whether a list of options, as in VACUUM (FULL), has that one. */
export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === name)
}
