import { writeFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { type Database, openDatabase, openSession } from '@/db/client'
import { countRecipes } from '@/db/queries/recipe-facets'
import { searchRecipes } from '@/db/queries/recipe-search'
import { getRecipeStatistics } from '@/db/queries/recipe-statistics'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import { listSimilarRecipes } from '@/db/queries/similar-recipes'
import { type ChainScope, chainScope, type Person, type RestaurantScope } from '@/domain/scope'
import { growthPlot, type Line } from './lib/growth-plot'
import { type Cost, measure, openMeter, type Spread, spread, spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { BASELINES } from './recipe-book/baselines'
import { recipeDatabases } from './recipe-book/database'
import { measureRecipePages, pageTable } from './recipe-book/pages'
import { planExcerpts } from './recipe-book/plans'
import { type MatrixSearch, SEARCHES } from './recipe-book/searches'

/** The recipe book's queries beside the ones they replace, on the same data in the same run, as the book grows. */
const SIZES = [50_000, 200_000, 1_000_000]
const RUNS = 300
const USERS = 100
const SEARCHES_EACH = 20

/** Nobody signs in here: the benchmark runs on data that it made itself. */
const scope = chainScope({ userId: 0, role: 'kitchen', restaurants: [] } as unknown as Person) as ChainScope
const stock = { restaurant: { id: 1 } } as unknown as RestaurantScope

type Compared = { naive: Cost; naiveBare: Cost; ours: Cost; share: number; shareBare: number }
type Measured = {
  recipes: number
  compared: Compared[]
  roundTrip: Spread
  searches: { name: string; found: string; page: Spread; counts: Spread }[]
  commonest: Spread
  anybody: Spread
  statistics: Spread
  crowd: Spread & { failed: number }
  plans: string
}

async function measureSize(baseUrl: string, recipes: number): Promise<Measured> {
  const { url, bareUrl, dropBare } = await recipeDatabases(baseUrl, recipes)
  const db = openMeter(url)
  const bare = openMeter(bareUrl)
  try {
    const compared: Compared[] = []
    for (const baseline of BASELINES) {
      console.log(`${recipes} recipes: ${baseline.name}`)
      const ours = await measure(db, (at) => baseline.runOurs(at, scope), { warm: 5, runs: 30 })
      const once = { warm: 0, runs: 1 }
      const again = { warm: 1, runs: 5 }
      const naive = await measure(db, baseline.runNaive, baseline.slow ? once : again)
      const naiveBare = await measure(bare, baseline.runNaive, baseline.slow ? once : again)
      const [share = 1] = naive.results.map((done) => done.share)
      const [shareBare = 1] = naiveBare.results.map((done) => done.share)
      compared.push({
        ours: ours.cost,
        naive: whole(naive.cost, share),
        naiveBare: whole(naiveBare.cost, shareBare),
        share,
        shareBare,
      })
    }
    const ours = await measureOurs(db, recipes)
    return {
      recipes,
      compared,
      ...ours,
      crowd: await measureCrowd(url),
      plans: await planExcerpts(url, scope),
    }
  } finally {
    await db.close()
    await bare.close()
    await dropBare()
  }
}

const whole = (cost: Cost, share: number): Cost => ({
  ms: cost.ms / share,
  queries: Math.round(cost.queries / share),
  rows: cost.rows / share,
  buffers: cost.buffers / share,
})

async function measureOurs(db: Database, recipes: number) {
  const roundTrip = await spread(db, 5 * RUNS, () => db.execute(sql`select 1`))
  const searches = []
  for (const wanted of SEARCHES) {
    const { name } = wanted
    console.log(`${recipes} recipes: ${name}`)
    const page = await spread(db, RUNS, () => searchOnce(db, wanted))
    const terms = await termsOf(db, wanted)
    const counts = await spread(db, RUNS, () => countRecipes(db, scope, terms))
    const { total, about } = await countRecipes(db, scope, terms)
    searches.push({ name, found: `${about ? 'about ' : ''}${thousands(total)}`, page, counts })
  }
  const commonest = await idsOf(
    db,
    sql`
    select recipe_id as id from recipe_ingredients join ingredient_frequencies using (ingredient_id)
    group by recipe_id order by sum(recipes) desc, recipe_id limit 1`,
  )
  const anybody = await idsOf(db, sql`select id from recipes order by hashint4(id) limit 200`)
  const similar = (ids: readonly number[]) => (_: Database, run: number) =>
    listSimilarRecipes(db, scope, { recipeId: ids[run % ids.length] ?? 1, limit: 12 })
  return {
    roundTrip,
    searches,
    commonest: await spread(db, RUNS, similar(commonest)),
    anybody: await spread(db, 2 * RUNS, similar(anybody)),
    statistics: await spread(db, RUNS, () => getRecipeStatistics(db, scope)),
  }
}

const termsOf = (db: Database, { search, stocked }: MatrixSearch) =>
  resolveRecipeSearch(db, scope, { search, stock: stocked ? stock : null })

const searchOnce = async (db: Database, wanted: MatrixSearch) =>
  searchRecipes(db, scope, await termsOf(db, wanted), { costs: null })

async function idsOf(db: Database, query: Parameters<Database['execute']>[0]): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(query as never)
  return rows.map(({ id }) => id)
}

/** So many people searching at once through the pool of one web process, each the next search as soon as one is answered. */
async function measureCrowd(url: string): Promise<Spread & { failed: number }> {
  const db = openDatabase(url)
  const samples: number[] = []
  let failed = 0
  const user = async (n: number) => {
    for (let turn = 0; turn < SEARCHES_EACH; turn++) {
      const wanted = SEARCHES[(n + turn) % SEARCHES.length]
      if (!wanted) continue
      const start = performance.now()
      await searchOnce(db, wanted).catch(() => failed++)
      samples.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: USERS }, (_, n) => user(n)))
  await db.close()
  return { ...spreadOf(samples), failed }
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en-GB')
const ms = (value: number): string =>
  value >= 100 ? thousands(value) : value.toPrecision(value >= 10 ? 3 : 2)

function comparison({ recipes, compared, roundTrip }: Measured): string {
  const row = (name: string, cost: Cost, ours: Cost | null, share: number) => [
    share < 1 ? `${name} (*)` : name,
    ms(cost.ms),
    thousands(cost.queries),
    thousands(cost.rows),
    thousands(cost.buffers),
    ours
      ? `${(cost.ms / ours.ms).toPrecision(3)}`
      : `${(cost.ms / roundTrip.median).toPrecision(3)} × SELECT 1`,
  ]
  const rows = BASELINES.flatMap(({ name }, index) => {
    const found = compared[index]
    if (!found) return []
    return [
      row(`${name} naive, primary keys only`, found.naiveBare, found.ours, found.shareBare),
      row(`${name} naive, all indexes`, found.naive, found.ours, found.share),
      row(`${name} ours`, found.ours, null, 1),
    ]
  })
  return `#### ${thousands(recipes)} recipes (\`SELECT 1\`: ${ms(roundTrip.median)} ms)\n\n${markdownTable(
    ['query', 'ms', 'queries', 'rows read', 'pages of 8 kB', 'times ours'],
    rows,
  )}`
}

function searchTable(sizes: readonly Measured[]): string {
  const rows = SEARCHES.map(({ name }, index) => [
    name,
    ...sizes.flatMap(({ searches }) => {
      const found = searches[index]
      return found ? [found.found, ms(found.page.median), ms(found.page.p99), ms(found.counts.p99)] : []
    }),
  ])
  const worst = sizes.flatMap(({ searches }) => [
    '',
    '',
    ms(Math.max(...searches.map(({ page }) => page.p99))),
    ms(Math.max(...searches.map(({ counts }) => counts.p99))),
  ])
  const heads = sizes.flatMap(({ recipes }) => [`of ${thousands(recipes)}`, 'median', 'p99', 'counts p99'])
  return markdownTable(['search', ...heads], [...rows, ['worst', ...worst]])
}

function ourTable(sizes: readonly Measured[]): string {
  const cells = ({ median, p99 }: Spread) => `${ms(median)} / ${ms(p99)}`
  const row = (name: string, of: (size: Measured) => string) => [name, ...sizes.map(of)]
  return markdownTable(
    ['median / p99 ms', ...sizes.map(({ recipes }) => `${thousands(recipes)} recipes`)],
    [
      row('similar to the recipe with the commonest ingredients', (size) => cells(size.commonest)),
      row('similar to any of 200 recipes', (size) => cells(size.anybody)),
      row('statistics', (size) => cells(size.statistics)),
      row('`SELECT 1`', (size) => cells(size.roundTrip)),
      row(
        `a search, ${USERS} people at once, one process`,
        ({ crowd }) => `${cells(crowd)}, slowest ${ms(crowd.max)}, failed ${crowd.failed}`,
      ),
    ],
  )
}

function plot(sizes: readonly Measured[]): string {
  const lines = BASELINES.flatMap(({ name }, index): Line[] => {
    const points = (cost: (compared: Compared) => Cost) =>
      sizes.flatMap(({ recipes, compared }) => {
        const found = compared[index]
        return found ? [{ x: recipes, y: cost(found).ms }] : []
      })
    return [
      {
        label: `${name} naive, all indexes`,
        naive: true,
        group: index,
        points: points(({ naive }) => naive),
      },
      { label: `${name} ours`, naive: false, group: index, points: points(({ ours }) => ours) },
    ]
  })
  return growthPlot('Milliseconds by size of the book', lines, { x: 'recipes', y: 'milliseconds' })
}

/** Runs the benchmark, prints its tables, and writes them and the picture into the performance document. */
export async function benchRecipes(
  databaseUrl: string,
  sizesOfBook: readonly number[] = SIZES,
): Promise<void> {
  const sizes: Measured[] = []
  for (const recipes of sizesOfBook) sizes.push(await measureSize(databaseUrl, recipes))
  const pages = await measureRecipePages(databaseUrl)
  const session = await openSession(databaseUrl)
  const ran = await circumstances(session)
  await session.close()
  const capped = sizes.some(({ compared }) => compared.some(({ share, shareBare }) => share * shareBare < 1))
  const text = [
    `${ran}; one connection, ${RUNS} runs of each search after 5 warm ones.`,
    '',
    ...sizes.map((size) => `${comparison(size)}\n`),
    ...(capped ? ['(*) Stopped after 20 s and extrapolated from the part that was done.', ''] : []),
    '![Milliseconds of each query by the number of recipes](images/recipes-growth.svg)',
    '',
    ourTable(sizes),
    '',
    searchTable(sizes),
    '',
    'Whole pages over HTTP, signed in, two web processes, 50,000 recipes; the load generator runs on the same machine:',
    '',
    pageTable(pages),
  ].join('\n')
  console.log(text)
  await writeFile('docs/images/recipes-growth.svg', plot(sizes))
  await writeSection('recipes', text)
  const [smallest] = sizes
  if (smallest)
    await writeSection('recipe-plans', `At ${thousands(smallest.recipes)} recipes.\n\n${smallest.plans}`)
}
