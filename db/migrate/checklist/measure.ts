import type { Session } from '../../client'
import type { Step } from './steps'
import type { TableSize } from './tables'

/** Enough to time, little enough to disturb nobody: 16 MB, 20,000 rows. */
const SAMPLE_BLOCKS = 2048
const SAMPLE_ROWS = 20_000
const SAMPLE_LIMIT_MS = 5000
/** A concurrent build reads the table again and compares: 1.0 to 2.2 times the plain one, for six indexes of the volume set. */
const CONCURRENTLY = 1.6
/** A constraint is evaluated for each row, which takes twice to three times as long as counting them. */
const CONSTRAINED = 3

export type Estimate = {
  /** Null: nothing to go by. */
  seconds: number | null
  /** Of new files on the disk. */
  bytes: number | null
  restsOn: string
}

const MOMENT: Estimate = { seconds: 0, bytes: 0, restsOn: 'only the catalogue being changed' }
const UNKNOWN: Estimate = {
  seconds: null,
  bytes: null,
  restsOn: 'nothing: no sample can be made before the files ahead of it have run',
}

/**
 * How long a step takes and how much room it needs, extrapolated from doing it to a sample of its table: the first
 * 20,000 rows, in temporary tables that are rolled back. Caches and other load make it an order of magnitude, no more.
 */
export async function estimate(
  session: Pick<Session, 'query'>,
  step: Step,
  sizes: readonly TableSize[],
): Promise<Estimate> {
  const lock = step.locks.find(({ work }) => work !== 'none')
  if (!lock) return MOMENT
  const size = sizes.find(({ table }) => table === lock.table)
  if (!size) return UNKNOWN
  if (await isEmpty(session, size)) return { seconds: 0, bytes: 0, restsOn: `${size.table} being empty` }
  if (lock.work === 'rows') return asBackfillsWent(session, size)
  if (lock.work === 'scan') return scanned(await timeScan(session, size), size, evaluations(step))
  const rewritten = lock.work === 'rewrite' ? await asTried(session, size, step) : null
  if (rewritten) return rewritten
  const sample = await inSample(session, size, step)
  if (!sample) return UNKNOWN
  const times = (size.rows ?? sample.rows) / sample.rows
  const scan = await timeScan(session, size)
  const scans = scanned(scan, size).seconds ?? 0
  if (lock.work === 'rewrite') {
    const bytes = size.tableBytes + size.indexBytes
    return {
      seconds: sample.copySeconds * times * (bytes / size.tableBytes),
      bytes,
      restsOn: `writing ${count(sample.rows)} rows of ${size.table}, times ${times.toFixed(1)}, and as much again for its indexes as they are large`,
    }
  }
  return {
    seconds: sample.indexSeconds * times * CONCURRENTLY + scans,
    bytes: sample.indexBytes * times,
    restsOn: `the same index on ${count(sample.rows)} rows of ${size.table}, times ${times.toFixed(1)} and ${CONCURRENTLY} for building it concurrently; waiting for older transactions comes on top`,
  }
}

async function isEmpty(session: Pick<Session, 'query'>, { qualifiedName }: TableSize): Promise<boolean> {
  return (await session.query(`select from ${qualifiedName} limit 1`)).length === 0
}

/** The pace, rests included, at which earlier backfills went through this database. */
async function asBackfillsWent(session: Pick<Session, 'query'>, { rows }: TableSize): Promise<Estimate> {
  const bytes = null
  const [there] = await session.query<{ yes: boolean }>(
    `select to_regclass('brigade_migrations.backfills') is not null as yes`,
  )
  const [pace] = there?.yes
    ? await session.query<{ rows: number | null }>(
        `select (sum(rows_done) / nullif(sum(extract(epoch from finished_at - started_at)), 0))::float8 as rows
         from brigade_migrations.backfills where finished_at is not null and rows_done > 0`,
      )
    : []
  if (!pace?.rows || rows === null)
    return { seconds: null, bytes, restsOn: 'nothing: no backfill has gone through this database yet' }
  return {
    seconds: rows / pace.rows,
    bytes,
    restsOn: `the pace of earlier backfills here, ${count(Math.round(pace.rows))} rows a second`,
  }
}

type Scan = { bytes: number; seconds: number }

/** How many times as long as counting a row it takes to look at it. */
const evaluations = ({ sql }: Step): number => (/\bconstraint\b/i.test(sql) ? CONSTRAINED : 1)

function scanned({ bytes, seconds }: Scan, { table, tableBytes }: TableSize, evaluations = 1): Estimate {
  const more = evaluations === 1 ? '' : `, times ${evaluations} for the condition`
  return {
    seconds: ((seconds * tableBytes) / bytes) * evaluations,
    bytes: 0,
    restsOn: `reading ${(bytes / 2 ** 20).toFixed(1)} MB of ${table} in ${Math.round(seconds * 1000)} ms${more}`,
  }
}

/**
 * The statement itself on a copy of the sample with its indexes. Null where it is no ALTER TABLE of the bare name, which
 * the copy has too, or can't be run there.
 */
async function asTried(
  session: Pick<Session, 'query'>,
  { qualifiedName, bareName, rows: tableRows, table }: TableSize,
  { sql }: Step,
): Promise<Estimate | null> {
  if (!/^alter\s+table\s/i.test(sql) || /\bpublic\b|\breferences\b/i.test(sql)) return null
  await session.query('begin')
  try {
    await session.query(
      `set local statement_timeout = ${SAMPLE_LIMIT_MS}; set local search_path = pg_temp, public`,
    )
    await session.query(
      `create temporary table ${bareName} (like ${qualifiedName} including defaults including constraints including indexes)
       on commit drop`,
    )
    const [counted] = await session.query<{ rows: number }>(
      `with copied as (
         insert into pg_temp.${bareName} select * from ${qualifiedName}
         where ctid < '(${SAMPLE_BLOCKS},0)' limit ${SAMPLE_ROWS} returning 1
       ) select count(*)::int as rows from copied`,
    )
    const rows = counted?.rows ?? 0
    if (rows === 0) return null
    const started = performance.now()
    await session.query(sql)
    const seconds = (performance.now() - started) / 1000
    const [measured] = await session.query<{ bytes: number }>(
      `select pg_total_relation_size('pg_temp.${bareName}')::float8 as bytes`,
    )
    const times = (tableRows ?? rows) / rows
    return {
      seconds: seconds * times,
      bytes: (measured?.bytes ?? 0) * times,
      restsOn: `the same statement on ${count(rows)} rows of ${table} with its indexes, times ${times.toFixed(1)}`,
    }
  } catch {
    return null
  } finally {
    await session.query('rollback')
  }
}

async function timeScan(
  session: Pick<Session, 'query'>,
  { qualifiedName, tableBytes }: TableSize,
): Promise<Scan> {
  const started = performance.now()
  await session.query(`select count(*) from ${qualifiedName} where ctid < '(${SAMPLE_BLOCKS},0)'`)
  const seconds = (performance.now() - started) / 1000
  return { bytes: Math.min(tableBytes, SAMPLE_BLOCKS * 8192), seconds }
}

type Sample = { rows: number; copySeconds: number; indexSeconds: number; indexBytes: number }

/** Copies the sample and, for an index, builds it there. Null when columns are missing that earlier files add. */
async function inSample(
  session: Pick<Session, 'query'>,
  { qualifiedName, bareName }: TableSize,
  { index }: Step,
): Promise<Sample | null> {
  await session.query('begin')
  try {
    await session.query(`set local statement_timeout = ${SAMPLE_LIMIT_MS}`)
    const copied = performance.now()
    // Under the table's own name, which the index may mention.
    await session.query(
      `create temporary table ${bareName} on commit drop as
       select * from ${qualifiedName} where ctid < '(${SAMPLE_BLOCKS},0)' limit ${SAMPLE_ROWS}`,
    )
    const copySeconds = (performance.now() - copied) / 1000
    const [counted] = await session.query<{ rows: number }>(
      `select count(*)::int as rows from pg_temp.${bareName}`,
    )
    const rows = counted?.rows ?? 0
    if (rows === 0) return null
    if (!index) return { rows, copySeconds, indexSeconds: 0, indexBytes: 0 }
    const built = performance.now()
    await session.query(`create index brigade_sample on pg_temp.${bareName} ${index.tail}`)
    const indexSeconds = (performance.now() - built) / 1000
    const [measured] = await session.query<{ bytes: number }>(
      `select pg_relation_size('pg_temp.brigade_sample')::float8 as bytes`,
    )
    return { rows, copySeconds, indexSeconds, indexBytes: measured?.bytes ?? 0 }
  } catch {
    return null
  } finally {
    await session.query('rollback')
  }
}

function count(rows: number): string {
  return rows.toLocaleString('en')
}
