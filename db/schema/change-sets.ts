import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core'
import { CHANGE_SET_STATES, DRAFT_SUBJECTS } from '@/domain/record'
import { createdAt, instant, oneOf } from './columns'
import { restaurants } from './restaurants'
import { users } from './users'

/** Edits of the menu that are collected under a name until somebody publishes them. Some hundreds of rows: scans only. */
export const changeSets = pgTable(
  'change_sets',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 100 }).notNull(),
    state: text('state', { enum: CHANGE_SET_STATES }).notNull().default('open'),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    // Two drafts of one name would be mixed up in every list.
    uniqueIndex('change_sets_open_name').on(sql`lower(${t.name})`).where(sql`${t.state} = 'open'`),
    check('change_sets_state', oneOf('state', CHANGE_SET_STATES)),
  ],
)

/** What a change set does to one thing: the fields that it changes, as they were and as they are to be. */
export const changeSetEdits = pgTable(
  'change_set_edits',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    changeSetId: integer('change_set_id')
      .notNull()
      .references(() => changeSets.id),
    subject: text('subject', { enum: DRAFT_SUBJECTS }).notNull(),
    /** For overrides: of which restaurant. */
    restaurantId: integer('restaurant_id').references(() => restaurants.id),
    /** Taken from the table's own sequence when it is new, so that edits can name each other before they exist. */
    subjectId: integer('subject_id').notNull(),
    isNew: boolean('is_new').notNull().default(false),
    /** The values that `patch` replaces, as whoever edited saw them; null for something new. */
    base: jsonb('base').$type<Record<string, unknown>>(),
    patch: jsonb('patch').$type<Record<string, unknown>>().notNull(),
    /** What restaurants that it was published for got of it, by their ids, while it waits for the others. */
    given: jsonb('given').$type<Record<string, Record<string, unknown>>>().notNull().default({}),
    updatedBy: integer('updated_by').references(() => users.id),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    // listEdits: all of one change set.
    unique('change_set_edits_thing')
      .on(t.changeSetId, t.subject, t.subjectId, t.restaurantId)
      .nullsNotDistinct(),
    check('change_set_edits_subject', oneOf('subject', DRAFT_SUBJECTS)),
    check('change_set_edits_base', sql`${t.isNew} = (${t.base} is null)`),
  ],
)

/** Changes that went live in one go, and go back in one. */
export const publications = pgTable(
  'publications',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    /** Null for what was no change set: a bulk change, an import, an undo. */
    changeSetId: integer('change_set_id').references(() => changeSets.id),
    /** The publication that this one took back. */
    undoes: integer('undoes'),
    /** Null: the whole chain. */
    restaurantIds: integer('restaurant_ids').array(),
    publishedBy: integer('published_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    // Of two who undo the same one at once, the second finds it undone.
    uniqueIndex('publications_undoes').on(t.undoes).where(sql`${t.undoes} is not null`),
  ],
)
