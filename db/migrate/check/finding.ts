import type { Migration } from '../parse'
import type { Effect } from './effects'
import type { SchemaState } from './schema-state'
import type { Comment, ParsedStatement } from './syntax'

/** What a file would do to a running chain. All but `line` are words for the person who wrote it. */
export type Finding = {
  file: string
  line: number
  rule: string
  problem: string
  /** What would be locked, for how long, and who waits. */
  locks: string
  /** How to write it instead. */
  safe: string
}

export type CheckedStatement = ParsedStatement & {
  effects: Effect[]
  /** Those on tables that are in use. */
  hot: Effect[]
}

/** A file while it is checked; `schema` is as it was before the statement that is looked at. */
export type CheckedFile = {
  name: string
  transactional: boolean
  /** A backfill, whose statement runs over one range of keys at a time. */
  batched: boolean
  phase: Migration['phase']
  statements: CheckedStatement[]
  comments: Comment[]
}

export type StatementRule = (
  statement: CheckedStatement,
  schema: SchemaState,
  file: Pick<CheckedFile, 'name' | 'phase' | 'transactional' | 'batched'>,
) => Problem | null

export type Problem = Pick<Finding, 'rule' | 'problem' | 'safe'> & { locks?: string }
