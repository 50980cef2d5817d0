/**
 * Why these rules of squawk are off: others see more, or they are a matter of taste.
 * https://squawkhq.com/docs/rules explains each.
 */
export const SQUAWK_OFF: Record<string, string> = {
  'adding-not-nullable-field': 'our rule knows the checks that earlier files have validated',
  'changing-column-type': 'our rule knows the types that earlier files gave, and lets free changes pass',
  'ban-drop-column': 'our rules let it pass in a contract file whose expand was released',
  'ban-drop-table': 'as ban-drop-column',
  'ban-drop-not-null': 'it loosens; no tool sees whether readers expect null',
  'renaming-column': 'our rule on what the release before uses says the same',
  'renaming-table': 'as renaming-column',
  'require-lock-timeout': 'the runner sets it',
  'require-statement-timeout': 'what takes long may, as long as nobody waits for it',
  'require-timeout-settings': 'as require-lock-timeout',
  'prefer-robust-stmts': 'a file is a transaction, or the runner repeats its lone statement',
  'transaction-nesting': 'the runner refuses it',
  'ban-uncommitted-transaction': 'the runner refuses it',
  'ban-concurrent-index-creation-in-transaction': 'our rule says it of every statement of the kind',
  'prefer-repack': 'our rules on VACUUM FULL and CLUSTER say the same',
  'prefer-text-field': 'lengths are part of the forms, and longer varchar is free',
  'prefer-bigint-over-int': 'the schema chooses widths by what can be counted',
  'prefer-bigint-over-smallint': 'as prefer-bigint-over-int',
  'prefer-identity': 'drizzle-kit writes identity columns; serial on a table in use is found as a rewrite',
  'require-enum-value-ordering': 'our vocabularies are checks on text',
  'require-table-schema': 'all tables are in public',
}

/** Rules whose finding says less than another one's about the same statement. */
export const SQUAWK_GENERAL = new Set(['constraint-missing-not-valid'])

/** Rules that hold for every table, used already or not. */
export const SQUAWK_ALWAYS = new Set([
  'syntax-error',
  'identifier-too-long',
  'prefer-timestamp-tz',
  'ban-char-field',
  'ban-drop-database',
  'ban-truncate-cascade',
  'ban-duplicate-column-assignments',
])

/** Rules about a wait that a table of this release, which squawk takes for an old one, does not have. */
export const SQUAWK_LONG: ReadonlySet<string> = new Set([
  'adding-foreign-key-constraint',
  'constraint-missing-not-valid',
])

/** In place of squawk's own advice, where ours fits this repository better. */
export const SQUAWK_SAFE: Record<string, string> = {
  'require-concurrent-index-creation':
    'CREATE INDEX CONCURRENTLY in a file of its own with "-- not transactional".',
  'require-concurrent-index-deletion':
    'DROP INDEX CONCURRENTLY IF EXISTS in a file of its own with "-- not transactional".',
  'require-concurrent-reindex': 'REINDEX … CONCURRENTLY in a file of its own with "-- not transactional".',
  'constraint-missing-not-valid': 'ADD CONSTRAINT … NOT VALID in this file, VALIDATE CONSTRAINT in the next.',
  'adding-foreign-key-constraint':
    'ADD CONSTRAINT … FOREIGN KEY … NOT VALID in this file, VALIDATE CONSTRAINT in the next.',
  'disallowed-unique-constraint':
    'CREATE UNIQUE INDEX CONCURRENTLY in a file of its own, then ADD CONSTRAINT … UNIQUE USING INDEX.',
  'adding-serial-primary-key-field':
    'CREATE UNIQUE INDEX CONCURRENTLY on a column that is NOT NULL, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.',
  'adding-field-with-default':
    'Add the column without the default; SET DEFAULT in the same file for new rows; fill the old ones by a batched backfill. For a generated column: a plain column that the mutations write.',
  'adding-required-field':
    'Give it a constant DEFAULT, which is free; or add it nullable, fill it by a batched backfill, and set NOT NULL by a validated check.',
}
