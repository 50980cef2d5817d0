import type { Node } from 'libpg-query'
import type { StatementRule } from '../finding'
import type { Releases } from '../releases'
import type { Comment } from '../syntax'

const AWAY: Record<string, string> = {
  OBJECT_TABLE: 'a table',
  OBJECT_VIEW: 'a view',
  OBJECT_MATVIEW: 'a materialized view',
  OBJECT_SCHEMA: 'a schema',
  OBJECT_EXTENSION: 'an extension',
  OBJECT_TYPE: 'a type',
  OBJECT_FUNCTION: 'a function',
  OBJECT_COLUMN: 'a column',
}

/** What the release before still uses may only go in a contract file, once what replaces it was released. */
export function contractRule(comments: readonly Comment[], releases: Releases): StatementRule {
  return (statement, _schema, { name, phase }) => {
    const what = takenAway(statement.node)
    // What came with this same release is nobody's yet.
    if (!what || (statement.effects.length > 0 && statement.hot.length === 0)) return null
    if (phase !== 'contract')
      return {
        rule: 'contract-phase',
        problem: `It takes away ${what} in the phase "${phase}", while the release before still uses it.`,
        safe: 'First release code that does without; then drop it in a file of its own with "-- phase: contract".',
      }
    const expand = comments.flatMap(({ text }) => /^expand: *(\S+)$/.exec(text)?.[1] ?? [])[0]
    if (expand !== undefined && releases.isReleasedBefore(expand, name)) return null
    return {
      rule: 'unreleased-expand',
      problem:
        expand === undefined
          ? `It takes away ${what} and does not say which migration brought what replaces it.`
          : `It takes away ${what}, but ${expand}, which brought what replaces it, is in no earlier release.`,
      safe: 'Name that migration in a line "-- expand: 0000_its_name". Its release must stand in db/migrations/releases.json before this one runs, since the release before still reads what goes.',
    }
  }
}

/** What a statement takes away that the release before may use, in words; null when nothing. (An index only makes slower.) */
export function takenAway(node: Node): string | null {
  if ('DropStmt' in node) return AWAY[node.DropStmt.removeType ?? ''] ?? null
  if ('RenameStmt' in node) {
    const kept = AWAY[node.RenameStmt.renameType ?? '']
    return kept ? `the old name of ${kept}` : null
  }
  if (!('AlterTableStmt' in node)) return null
  const drops = (node.AlterTableStmt.cmds ?? []).some(
    (command) => 'AlterTableCmd' in command && command.AlterTableCmd.subtype === 'AT_DropColumn',
  )
  return drops ? 'a column' : null
}
