import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { difficultyNumber } from '../fragments/recipe-difficulty'
import { compactTallies } from './recipe-figures'

export type DifficultyProgress = {
  /** Recipes looked at. */
  seen: number
  /** Recipes whose difficulty was not what their prep time says. */
  changed: number
}

/** How many recipes there are, and how many of them `recomputeDifficulty` would change. */
export async function countMisjudged(
  db: Db,
  _scope: SystemScope,
): Promise<{ recipes: number; misjudged: number }> {
  const [row] = await db.execute<{ recipes: number; misjudged: number }>(sql`
    select count(*)::int as recipes,
      (count(*) filter (where difficulty <> ${difficultyNumber(sql`prep_time`)}))::int as misjudged
    from recipes`)
  return row ?? { recipes: 0, misjudged: 0 }
}

/**
 * Sets each recipe's difficulty by its prep time (`difficultyOf`). One statement a batch, in order of id, each a
 * transaction of its own that writes only rows that differ and reads the prep time of the row it locks: it can be
 * stopped at any moment and run again, and nobody waits for more than a batch.
 */
export async function recomputeDifficulty(
  db: Db,
  scope: SystemScope,
  {
    batchSize = 5000,
    onProgress = () => {},
  }: { batchSize?: number; onProgress?: (done: DifficultyProgress) => void } = {},
): Promise<DifficultyProgress> {
  const done = { seen: 0, changed: 0 }
  for (let after = 0; ; ) {
    const batch = await recomputeBatch(db, after, batchSize)
    if (batch.last === null) break
    after = batch.last
    done.seen += batch.seen
    done.changed += batch.changed
    onProgress({ ...done })
  }
  await compactTallies(db, scope)
  return done
}

type Batch = DifficultyProgress & { last: number | null }

async function recomputeBatch(db: Db, after: number, size: number): Promise<Batch> {
  const [batch] = await db.execute<Batch>(sql`
    with batch as (
      select id from recipes where id > ${after}::int order by id limit ${size}
    ), changed as (
      update recipes r set difficulty = ${difficultyNumber(sql`r.prep_time`)}
      from batch
      where r.id = batch.id and r.difficulty <> ${difficultyNumber(sql`r.prep_time`)}
      returning 1
    )
    select (select max(id) from batch) as last, (select count(*) from batch)::int as seen,
      (select count(*) from changed)::int as changed`)
  if (!batch) throw new Error('A select without FROM returned no row.')
  return batch
}
