import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { businessDayRange, lastEndedDate } from '@/domain/business-day'
import { JOB_NAMES, type JobName } from '@/domain/housekeeping'
import { systemScope } from '@/domain/scope'
import { openSession } from '../../client'
import { listJobs } from '../../queries/housekeeping'
import { tryLock } from '../../session-lock'
import { testDatabase } from '../../testing/database'
import { addChain, addKitchen } from '../../testing/kitchen'
import { addPastOrder } from '../../testing/past-orders'
import { keepHouse } from './keep-house'
import { HOUSEKEEPING_LOCK } from './leader'

const database = testDatabase()
/** Any job but those that are always due a minute later. */
const DAILY: JobName = 'reconcile'

beforeAll(async () => {
  await addChain(database.db)
  const scope = await addKitchen(database.db, { stock: { 1: '5.000' } })
  const { timeZone, dayCutoff } = scope.restaurant
  const date = lastEndedDate(new Date(), timeZone, dayCutoff)
  await addPastOrder(database.db, scope, {
    date,
    createdAt: businessDayRange(date, timeZone, dayCutoff).from,
    end: 'delivered',
    prepSeconds: 600,
    lines: [{ dish: 1, quantity: 1, unitPrice: 1450 }],
  })
})
beforeEach(() => database.db.execute(sql`truncate housekeeping_runs`))

const runs = (job?: JobName) =>
  database.db.execute<{ job: string; result: string; rows: number; note: string; error: string | null }>(sql`
    select job, result, rows::int, note, error from housekeeping_runs
    where ${job ?? null}::text is null or job = ${job ?? null} order by id`)
const stateOf = async (name: JobName) => {
  const found = (await listJobs(database.db, systemScope())).find((job) => job.name === name)
  return found ?? expect.fail()
}

/** Does what a failing disk or a lock that nobody gives up does to one job. */
async function breakJob(broken: boolean): Promise<void> {
  await database.db.execute(
    broken
      ? sql`alter table stock_levels rename to stock_levels_away`
      : sql`alter table stock_levels_away rename to stock_levels`,
  )
}

test('ten housekeepers at once: each job runs once, and is recorded with what it came to', async () => {
  const kept = await Promise.all(Array.from({ length: 10 }, () => keepHouse(database.url)))
  const ended = kept.flatMap((answer) => (answer.led ? answer.value : []))
  expect(ended.map(({ name }) => name).sort()).toEqual([...JOB_NAMES].sort())
  expect(ended.map(({ result }) => result)).toEqual(JOB_NAMES.map(() => 'done'))
  const recorded = await runs()
  expect(recorded.map(({ job }) => job)).toEqual([...JOB_NAMES])
  expect(
    recorded.every(({ result, note, error }) => result === 'done' && note !== '' && error === null),
  ).toBe(true)
  const close = await stateOf('close-days')
  expect(close).toMatchObject({ failures: 0, last: { result: 'done', rows: 1, note: '1 day closed' } })
  expect(close.okAt).toEqual(close.last?.startedAt)
})

test('whoever comes while somebody is at it is told who', async () => {
  const session = await openSession(database.url, { applicationName: 'another' })
  await tryLock(session, HOUSEKEEPING_LOCK)
  const kept = await keepHouse(database.url)
  expect(kept).toMatchObject({ led: false, holder: expect.stringMatching(/^another \(server process \d+/) })
  await session.close()
  expect(await runs()).toEqual([])
})

test('a job that fails is recorded with its error, keeps no other from running, and is retried', async () => {
  await breakJob(true)
  const first = await keepHouse(database.url, { only: [DAILY, 'analyze'] }).finally(() => breakJob(false))
  expect(first.led && first.value.map(({ name, result }) => [name, result])).toEqual([
    [DAILY, 'failed'],
    ['analyze', 'done'],
  ])
  expect((await runs(DAILY))[0]?.error).toMatch(/42P01.*stock_levels/)
  expect(await stateOf(DAILY)).toMatchObject({ okAt: null, failures: 1 })

  // The server waits a minute before it tries again; a person who asks does not.
  const patient = await keepHouse(database.url, { patient: true })
  expect(patient.led && patient.value.some(({ name }) => name === DAILY)).toBe(false)
  const asked = await keepHouse(database.url)
  expect(asked.led && asked.value.find(({ name }) => name === DAILY)?.result).toBe('done')
  expect(await stateOf(DAILY)).toMatchObject({ failures: 0, last: { result: 'done' } })
})

test('a run whose process was killed is found broken off, and done again', async () => {
  await database.db.execute(sql`insert into housekeeping_runs (job) values (${DAILY})`)
  expect(await stateOf(DAILY)).toMatchObject({ failures: 0, last: { result: 'running' } })
  await keepHouse(database.url)
  expect((await runs(DAILY)).map(({ result }) => result)).toEqual(['interrupted', 'done'])
})

test('what is stopped ends at its next step', async () => {
  const stopping = new AbortController()
  const kept = await keepHouse(database.url, {
    signal: stopping.signal,
    onEnd: () => stopping.abort(),
  })
  expect(kept.led && kept.value.length).toBe(1)
  const again = await keepHouse(database.url)
  expect(again.led && again.value.length).toBe(JOB_NAMES.length - 1)
})

test('the loss of the lock ends the work, since somebody else may have begun', async () => {
  const killer = await openSession(database.url)
  const kept = await keepHouse(database.url, {
    only: JOB_NAMES,
    async onEnd() {
      await killer.query(`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'brigade-jobs-lock'`)
      // The driver hears of it in its own time, perhaps while the next job runs.
      await vi.waitFor(async () => {
        const [row] = await killer.query<{ n: number }>(`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and application_name = 'brigade-jobs-lock'`)
        expect(row?.n).toBe(0)
      })
    },
  })
  await killer.close()
  expect(kept.led && kept.value.length).toBeLessThan(JOB_NAMES.length)
})

test('a dry run counts, and records nothing', async () => {
  await database.db.execute(sql`
    insert into device_pairings (secret_hash, code, expires_at) values ('h', 'BBBBBBBB', now() - interval '1 hour')`)
  const kept = await keepHouse(database.url, { dryRun: true })
  const walls = kept.led ? kept.value.find(({ name }) => name === 'walls') : undefined
  expect(walls?.outcome).toEqual({ rows: 1, note: '0 answers to walls, 1 pairing code would be deleted' })
  expect(kept.led && kept.value.map(({ name }) => name)).toEqual(['purge-orders', 'walls', 'imports'])
  expect(await runs()).toEqual([])
})

test('figures that differ are no failure, are kept with the run, and are not asked for again before the next night', async () => {
  await database.db.execute(sql`update stock_levels set on_hand = on_hand + 1`)
  await keepHouse(database.url, { only: [DAILY] })
  const state = await stateOf(DAILY)
  expect(state).toMatchObject({
    failures: 0,
    last: {
      result: 'differs',
      rows: 1,
      differences: [{ what: 'on hand', where: 'Kitchen 1, Rice', stored: '6.000', source: '5.000' }],
    },
  })
  const again = await keepHouse(database.url)
  expect(again.led && again.value.some(({ name }) => name === DAILY)).toBe(false)
  await database.db.execute(sql`update stock_levels set on_hand = on_hand - 1`)
})
