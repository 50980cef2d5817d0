import { openSession, type Session } from '@/db/client'
import { rollUpRecipes } from '@/db/jobs/recipe-figures'
import { loadSeed, runSql, type Step } from '@/db/seed/loader'
import { migrateOrThrow } from '@/db/testing/migrated'
import { systemScope } from '@/domain/scope'

/** Recipes in the volume set at scale 1. */
const RECIPES_AT_SCALE_1 = 50_000

/** The volume set's kitchens, ingredients and stock, and its recipe book at another size; no orders. */
const STEPS: readonly Step[] = [
  { title: 'chain', run: (tx) => runSql(tx, 'volume/chain.sql') },
  { title: 'ingredients', run: (tx) => runSql(tx, 'volume/ingredients.sql') },
  { title: 'recipes', run: (tx) => runSql(tx, 'volume/recipes.sql') },
  { title: 'menu', run: (tx) => runSql(tx, 'volume/menu.sql') },
  { title: 'stock', run: (tx) => runSql(tx, 'volume/stock.sql') },
  { title: 'sequences', run: (tx) => runSql(tx, 'volume/sequences.sql') },
  { title: 'figures', run: (tx) => rollUpRecipes(tx, systemScope()) },
]

export type RecipeDatabases = {
  /** As the app has it. */
  url: string
  /** The same data without any index but primary keys; dropped again by `dropBare`. */
  bareUrl: string
  dropBare(): Promise<void>
}

const addressOf = (baseUrl: string, database: string) =>
  Object.assign(new URL(baseUrl), { pathname: `/${database}` }).href

/** The database of a recipe book of that many recipes; made on first use, a new one each day. */
async function ensureBook(session: Session, baseUrl: string, recipes: number): Promise<string> {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const name = `brigade_bench_recipes_${recipes}_${day}`
  const [found] = await session.query('select from pg_database where datname = $1', [name])
  if (!found) {
    const working = `${name}_making`
    await session.query(`drop database if exists ${working} with (force)`)
    await session.query(`create database ${working}`)
    await fill(addressOf(baseUrl, working), recipes)
    await session.query(`alter database ${working} rename to ${name}`)
  }
  return name
}

/** Runs work on a copy of such a recipe book, which may be changed: it is dropped afterwards. */
export async function withBookCopy<T>(
  baseUrl: string,
  recipes: number,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const session = await openSession(baseUrl)
  const copy = `brigade_bench_copy_${process.pid}`
  try {
    const name = await ensureBook(session, baseUrl, recipes)
    await session.query(`create database ${copy} template ${name} strategy file_copy`)
    return await work(addressOf(baseUrl, copy))
  } finally {
    await session.query(`drop database if exists ${copy} with (force)`)
    await session.close()
  }
}

/** A recipe book of that many recipes in a database beside the one given. */
export async function recipeDatabases(baseUrl: string, recipes: number): Promise<RecipeDatabases> {
  const at = (database: string) => addressOf(baseUrl, database)
  const session = await openSession(baseUrl)
  let name: string
  try {
    name = await ensureBook(session, baseUrl, recipes)
    await session.query(`drop database if exists ${name}_bare with (force)`)
    await session.query(`create database ${name}_bare template ${name} strategy file_copy`)
    await dropIndexes(at(`${name}_bare`))
  } finally {
    await session.close()
  }
  return {
    url: at(name),
    bareUrl: at(`${name}_bare`),
    async dropBare() {
      const last = await openSession(baseUrl)
      await last.query(`drop database ${name}_bare with (force)`)
      await last.close()
    },
  }
}

async function fill(url: string, recipes: number): Promise<void> {
  console.log(`Making a book of ${recipes} recipes`)
  await migrateOrThrow(url)
  await loadSeed(url, {
    steps: STEPS,
    now: new Date(),
    scale: recipes / RECIPES_AT_SCALE_1,
    report: (line) => console.log(`  ${line}`),
  })
}

async function dropIndexes(url: string): Promise<void> {
  const session = await openSession(url)
  const indexes = await session.query<{ drop: string }>(`
    select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
      else format('alter table %s drop constraint %I cascade', i.indrelid::regclass, c.conname) end as drop
    from pg_index i
    join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
    left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('u', 'x')
    where not i.indisprimary`)
  for (const { drop } of indexes) await session.query(drop)
  await session.close()
}
