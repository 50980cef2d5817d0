import { sql } from 'drizzle-orm'
import { bigint, check, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { type Difference, RUN_RESULTS } from '@/domain/housekeeping'
import { instant, oneOf } from './columns'

/** Each run of each job; a run that was killed is still `running` until the next one finds it so. Pruned. */
export const housekeepingRuns = pgTable(
  'housekeeping_runs',
  {
    job: text('job').notNull(),
    id: bigint('id', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    startedAt: instant('started_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    result: text('result', { enum: RUN_RESULTS }).notNull().default('running'),
    /** What it wrote, deleted or, of `reconcile`, found to differ. */
    rows: bigint('rows', { mode: 'number' }).notNull().default(0),
    /** What it came to, in a sentence. */
    note: text('note').notNull().default(''),
    error: text('error'),
    /** The first of what differs. */
    differences: jsonb('differences').$type<Difference[]>().notNull().default([]),
  },
  (t) => [
    // listJobs: the last runs of each job.
    primaryKey({ columns: [t.job, t.id] }),
    check('housekeeping_runs_result', oneOf('result', RUN_RESULTS)),
    check('housekeeping_runs_finished', sql`(${t.result} = 'running') = (${t.finishedAt} is null)`),
  ],
)
