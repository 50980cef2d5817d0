import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { IMPORT_STATES, IMPORT_VERDICTS, SHEET_KINDS } from '@/domain/sheet'
import { createdAt, instant, oneOf } from './columns'
import { users } from './users'

/**
 * One row for each file that somebody uploaded, with how far its check and its taking have come, as committed. Hundreds
 * of rows a year: scans only.
 */
export const imports = pgTable(
  'imports',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: SHEET_KINDS }).notNull(),
    fileName: text('file_name').notNull(),
    /** Of the file, in all and read. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    bytesRead: bigint('bytes_read', { mode: 'number' }).notNull().default(0),
    /** SHA-256 of its content, in hexadecimal. */
    contentHash: text('content_hash').notNull(),
    state: text('state', { enum: IMPORT_STATES }).notNull().default('checking'),
    /** Why it can't be read to its end. */
    problem: text('problem'),
    /** The file's first line. */
    header: text('header').array().notNull().default(sql`'{}'::text[]`),
    /** The last row that is checked, and the last one that is taken or passed over. */
    checkedRow: integer('checked_row').notNull().default(0),
    takenRow: integer('taken_row').notNull().default(0),
    /** Rows by what the check says of them, less those that were refused when they were taken. */
    added: integer('added').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    same: integer('same').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    /** Of these the ones that are in. */
    takenAdded: integer('taken_added').notNull().default(0),
    takenChanged: integer('taken_changed').notNull().default(0),
    /** `publications.id` of all that it changed on the menu. */
    publicationId: integer('publication_id'),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
  },
  () => [
    check('imports_kind', oneOf('kind', SHEET_KINDS)),
    check('imports_state', oneOf('state', IMPORT_STATES)),
  ],
)

/** The rows of a file with what is to become of each. Deleted 90 days after the upload. */
export const importRows = pgTable(
  'import_rows',
  {
    importId: integer('import_id')
      .notNull()
      .references(() => imports.id),
    /** As a spreadsheet counts; the header is row 1. */
    row: integer('row').notNull(),
    verdict: text('verdict', { enum: IMPORT_VERDICTS }).notNull(),
    /** What it is about, for people. */
    name: text('name').notNull(),
    /** What it is about, so that a second row on the same thing is seen; null for refused rows. */
    thing: text('thing'),
    /** Null for something new until it is taken. */
    subjectId: integer('subject_id'),
    /** The fields that it changes, as they were and as they are to be; of something new the whole of it. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    /** Why it was refused. */
    reason: text('reason'),
    cells: text('cells').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.row] }),
    // checkImport: the row that is about the same thing.
    uniqueIndex('import_rows_thing').on(t.importId, t.thing).where(sql`${t.thing} is not null`),
    // listImportRows: those of one verdict, a page by keyset; the file of refused rows.
    index('import_rows_verdict').on(t.importId, t.verdict, t.row),
    check('import_rows_verdicts', oneOf('verdict', IMPORT_VERDICTS)),
  ],
)
