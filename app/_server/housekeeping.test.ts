import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openSession } from '@/db/client'
import { lastDue } from '@/db/jobs/housekeeping/due'
import { HOUSEKEEPING_LOCK } from '@/db/jobs/housekeeping/leader'
import { lockHolder } from '@/db/session-lock'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen } from '@/db/testing/kitchen'
import { JOB_NAMES, type JobName } from '@/domain/housekeeping'
import { database } from './database'
import { type Housekeeper, startHousekeeper } from './housekeeping'
import { TEST_SECRET } from './testing'

const held = testDatabase()
/** Due once a night, so that no minute that passes meanwhile makes it due again. */
const NIGHTLY: JobName = 'reconcile'
/** A busy machine may miss the second for which the schedule is set, and then waits for the next minute's. */
const PATIENCE = { timeout: 150_000, interval: 100 }
const LONG = 180_000

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: held.url, AUTH_SECRET: TEST_SECRET, BRIGADE_DATA: '/nowhere' })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  await addChain(held.db)
  await addKitchen(held.db, { stock: { 1: '5.000' } })
})
beforeEach(() => held.db.execute(sql`truncate housekeeping_runs`))
afterAll(() => database().close())

type Run = { job: JobName; result: string; startedAt: string; error: string | null }
const runs = (job: JobName | null = null) =>
  held.db.execute<Run>(sql`
    select job, result, to_json(started_at) #>> '{}' as "startedAt", error from housekeeping_runs
    where ${job}::text is null or job = ${job} order by id`)

/** Sessions that keep house, whether at work or waiting for it. */
const sessions = async () => {
  const rows = await held.db.execute<{ name: string }>(sql`
    select application_name as name from pg_stat_activity
    where datname = current_database() and application_name like 'brigade-jobs%'`)
  return rows.map(({ name }) => name)
}

/** A process looks at a second of its own, which it draws when it starts: here the one that comes in so many. */
function startToLookIn(seconds: number): Housekeeper {
  const drawn = vi
    .spyOn(Math, 'random')
    .mockReturnValue((((new Date().getUTCSeconds() + seconds) % 60) + 0.5) / 60)
  try {
    return startHousekeeper()
  } finally {
    drawn.mockRestore()
  }
}

test(
  'two schedulers that look at the same second run each job once for each time that it was due',
  async () => {
    const keepers = [startToLookIn(2), startToLookIn(2)]
    await vi.waitFor(async () => {
      const ended = await runs()
      expect(new Set(ended.map(({ job }) => job))).toEqual(new Set(JOB_NAMES))
      expect(ended.every(({ result }) => result === 'done')).toBe(true)
    }, PATIENCE)
    await Promise.all(keepers.map((keeper) => keeper.stop()))

    const times = (await runs()).map(({ job, startedAt }) => `${job} ${+lastDue(job, new Date(startedAt))}`)
    expect(times).toEqual([...new Set(times)])
  },
  LONG,
)

test(
  'a job that fails is recorded, said once, left alone for a minute and then tried again',
  async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const keeper = startToLookIn(55)
    const nightly = () => keeper.figures().find(({ name }) => name === NIGHTLY)

    await held.db.execute(sql`alter table stock_levels rename to stock_levels_away`)
    await keeper
      .tick()
      .finally(() => held.db.execute(sql`alter table stock_levels_away rename to stock_levels`))
    expect(await runs(NIGHTLY)).toMatchObject([
      { result: 'failed', error: expect.stringMatching(/42P01.*stock_levels/) },
    ])
    expect(said.mock.calls.map(([text]) => text)).toContainEqual(
      expect.stringMatching(/^Job reconcile failed: 42P01/),
    )
    expect(nightly()).toMatchObject({ okAt: null, failures: 1, needsSomebody: false })

    await keeper.tick()
    expect(await runs(NIGHTLY)).toHaveLength(1)

    await held.db.execute(sql`
    update housekeeping_runs set started_at = started_at - interval '1 minute',
      finished_at = finished_at - interval '1 minute'
    where result = 'failed'`)
    await keeper.tick()
    expect((await runs(NIGHTLY)).map(({ result }) => result)).toEqual(['failed', 'done'])
    expect(nightly()).toMatchObject({ okAt: expect.any(Number), failures: 0 })
    await keeper.stop()
    said.mockRestore()
  },
  LONG,
)

test(
  'stopped, it ends with the job that is under way, leaves nothing behind, and another goes on from there',
  async () => {
    const [first] = JOB_NAMES
    const keeper = startToLookIn(55)
    const blocker = await openSession(held.url)
    await blocker.query('begin; lock table kitchen_rollups')
    const ticking = keeper.tick()
    await vi.waitFor(
      async () => expect(await runs()).toMatchObject([{ job: first, result: 'running' }]),
      PATIENCE,
    )
    const stopped = keeper.stop()
    await blocker.query('commit')
    await Promise.all([stopped, ticking])

    expect(await runs()).toMatchObject([
      { job: first, result: expect.stringMatching(/^(done|interrupted)$/) },
    ])
    await vi.waitFor(async () => expect(await sessions()).toEqual([]), PATIENCE)
    expect(await lockHolder(blocker, HOUSEKEEPING_LOCK)).toBeNull()
    await blocker.close()

    const other = startToLookIn(55)
    await other.tick()
    await other.stop()
    expect((await runs()).slice(1).map(({ job }) => job)).toEqual(expect.arrayContaining(JOB_NAMES.slice(1)))
  },
  LONG,
)
