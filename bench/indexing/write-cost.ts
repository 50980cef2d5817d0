import type { Session } from '@/db/client'
import { median } from '../lib/report'
import type { IndexedTable } from './catalog'

/** Rows that one measurement writes, where the table has twice as many. */
const ROWS = 1000
/** A small table's rows are written several times over, so that there is something to measure. */
const LEAST_ROWS = 300
const MOST_REPEATS = 4
const ROUNDS = 7
const BRIEF_ROUNDS = 3
/** Rows: vacuuming one after each measurement takes no time. */
const SMALL_TABLE = 50_000

/** Of one row. */
export type RowCost = { microseconds: number; walBytes: number; pages: number }

export type WriteCost = {
  insert: RowCost
  /** Null where the app never updates the table. */
  update: (RowCost & { hotShare: number }) | null
}

/** A way to write the table: `change` adds or removes an index first. */
export type Variant = {
  name: string
  change: string | null
  /** Only in the first rounds: making an index takes longer than what is measured. */
  brief?: boolean
}

export type TypicalUpdate = {
  /** What the app does, in words. */
  what: string
  /** The assignments of its UPDATE. */
  set: string
  /** Which rows it is done to. */
  where?: string
}

type Sample = { table: IndexedTable; update: TypicalUpdate | undefined; rows: number; rounds: number }

/**
 * What writing a row of the table costs in each of the variants, from several rounds in which they take turns.
 * Every measurement is rolled back, index changes included, so the first writes what the last one does.
 */
export async function measureWrites(
  session: Session,
  table: IndexedTable,
  update: TypicalUpdate | undefined,
  variants: readonly Variant[],
): Promise<Map<string, WriteCost>> {
  const sample = await takeSample(session, table, update)
  const costs = new Map<string, WriteCost[]>(variants.map(({ name }) => [name, []]))
  if (sample.rows === 0) return new Map()
  // A GIN index grows with what was rolled back, and costs more; a small table's few pages have no room left.
  const isTidied = table.rows < SMALL_TABLE || table.indexes.some(({ isGin }) => isGin)
  for (let round = 0; round < sample.rounds; round++) {
    const taking = variants.filter(({ brief }) => !brief || round < BRIEF_ROUNDS)
    for (let turn = 0; turn < taking.length; turn++) {
      const variant = taking[(round + turn) % taking.length]
      if (variant) costs.get(variant.name)?.push(await writeOnce(session, sample, variant))
      if (isTidied) await vacuum(session, table)
    }
    await vacuum(session, table)
  }
  return new Map([...costs].map(([name, each]) => [name, typicalCost(each)]))
}

const vacuum = (session: Session, table: IndexedTable) =>
  session.query(`vacuum (index_cleanup on) ${table.name}`)

/**
 * Takes every other row of those that the update is done to, or of the table's end, out of the table: they are what is
 * inserted, with keys that are new, values that are real, and their old neighbours around them. The others are updated,
 * on pages that have room, as pages have that were updated before.
 */
async function takeSample(
  session: Session,
  table: IndexedTable,
  update: TypicalUpdate | undefined,
): Promise<Sample> {
  await session.query('create schema if not exists sample')
  await session.query('drop table if exists sample.place, sample.entering')
  await session.query(`create table sample.place as
    select ctid as place, row_number() over (order by ctid desc) % 2 = 0 as enters
    from ${table.name} where ${update?.where ?? 'true'} order by ctid desc limit ${2 * ROWS}`)
  await session.query(`create table sample.entering as
    select ${table.columns} from ${table.name}
    where ctid = any(array(select place from sample.place where enters)) order by ctid`)
  await withoutTriggers(session, 'commit', () =>
    session.query(
      `delete from ${table.name} where ctid = any(array(select place from sample.place where enters))`,
    ),
  )
  await session.query(`vacuum (analyze, index_cleanup on) ${table.name}`)
  const [counted] = await session.query<{ rows: number }>('select count(*)::int as rows from sample.entering')
  const rows = counted?.rows ?? 0
  const repeats = Math.min(MOST_REPEATS, Math.ceil(LEAST_ROWS / Math.max(rows, 1)))
  return { table, update, rows, rounds: ROUNDS * repeats }
}

/** Without the checks of foreign keys too: they cost the constraint, not the index. */
async function withoutTriggers<T>(
  session: Session,
  end: 'commit' | 'rollback',
  work: () => Promise<T>,
): Promise<T> {
  await session.query('begin')
  try {
    await session.query(`set local session_replication_role = replica`)
    const result = await work()
    await session.query(end)
    return result
  } catch (error) {
    await session.query('rollback')
    throw error
  }
}

async function writeOnce(
  session: Session,
  { table, update, rows }: Sample,
  { change }: Variant,
): Promise<WriteCost> {
  await prunePages(session, table.name)
  return withoutTriggers(session, 'rollback', async () => {
    if (change) await session.query(change)
    const gins = await ginsOf(session, table.name)
    const before = await countUpdates(session, table.name)
    const updating = `update ${table.name} set ${update?.set}
      where ctid = any(array(select place from sample.place where not enters))`
    const updated = update && (await costOf(session, updating, gins, rows))
    const after = await countUpdates(session, table.name)
    const hotShare = (after.hot - before.hot) / Math.max(1, after.all - before.all)
    const inserting = `insert into ${table.name} (${table.columns}) overriding system value table sample.entering`
    return {
      insert: await costOf(session, inserting, gins, rows),
      update: updated ? { ...updated, hotShare } : null,
    }
  })
}

/**
 * What the last measurement left is removed when a page is next scanned, as it would be by the app's reads; finding rows
 * by their place does not do it, and a full page takes no HOT update.
 */
async function prunePages(session: Session, table: string): Promise<void> {
  const [sampled] = await session.query<{ first: string; last: string }>(
    'select min(place)::text as first, max(place)::text as last from sample.place',
  )
  await session.query(
    `select count(*) from ${table} where ctid >= '${sampled?.first}' and ctid <= '${sampled?.last}'`,
  )
}

async function ginsOf(session: Session, table: string): Promise<string[]> {
  const found = await session.query<{ name: string }>(
    `select i.indexrelid::regclass::text as name from pg_index i
     join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
     where i.indrelid = $1::text::regclass and m.amname = 'gin'`,
    [table],
  )
  return found.map(({ name }) => name)
}

/** Of this connection since some moment that does not fall into a transaction. */
async function countUpdates(session: Session, table: string): Promise<{ all: number; hot: number }> {
  const [counts] = await session.query<{ all: number; hot: number }>(
    `select pg_stat_get_xact_tuples_updated($1::text::regclass)::int as all,
       pg_stat_get_xact_tuples_hot_updated($1::text::regclass)::int as hot`,
    [table],
  )
  if (!counts) throw new Error('A select without FROM returned no row.')
  return counts
}

/** A GIN index puts new rows on a list that somebody merges later: that is part of the price. */
async function costOf(
  session: Session,
  statement: string,
  gins: readonly string[],
  rows: number,
): Promise<RowCost> {
  const costs = [await explainWrite(session, statement)]
  for (const gin of gins) costs.push(await explainWrite(session, `select gin_clean_pending_list('${gin}')`))
  const perRow = (of: (cost: RowCost) => number) => costs.reduce((sum, cost) => sum + of(cost), 0) / rows
  return {
    microseconds: perRow((cost) => cost.microseconds),
    walBytes: perRow((cost) => cost.walBytes),
    pages: perRow((cost) => cost.pages),
  }
}

async function explainWrite(session: Session, statement: string): Promise<RowCost> {
  const [row] = await session.query<{
    'QUERY PLAN': [
      {
        Plan: { 'WAL Bytes': number; 'Shared Hit Blocks': number; 'Shared Read Blocks': number }
        'Execution Time': number
      },
    ]
  }>(`explain (analyze, buffers, wal, timing off, format json) ${statement}`)
  const report = row?.['QUERY PLAN'][0]
  if (!report) throw new Error('EXPLAIN returned nothing.')
  return {
    microseconds: report['Execution Time'] * 1000,
    walBytes: report.Plan['WAL Bytes'],
    pages: report.Plan['Shared Hit Blocks'] + report.Plan['Shared Read Blocks'],
  }
}

/** The quickest, since whatever else the machine does only slows; the counts hardly vary. */
function typicalRow(costs: readonly RowCost[]): RowCost {
  return {
    microseconds: Math.min(...costs.map((cost) => cost.microseconds)),
    walBytes: median(costs.map((cost) => cost.walBytes)),
    pages: median(costs.map((cost) => cost.pages)),
  }
}

function typicalCost(costs: readonly WriteCost[]): WriteCost {
  const updates = costs.flatMap(({ update }) => update ?? [])
  return {
    insert: typicalRow(costs.map(({ insert }) => insert)),
    update:
      updates.length > 0
        ? { ...typicalRow(updates), hotShare: median(updates.map(({ hotShare }) => hotShare)) }
        : null,
  }
}
