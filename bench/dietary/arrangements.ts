import type { Session } from '@/db/client'
import { markdownTable } from '../lib/report'

/** What finds diets, tried one after the other on a copy. */
const ARRANGEMENTS = [
  {
    name: 'no index',
    make: [
      'drop index recipes_search',
      'create index recipes_search on recipes using gin (title_stems, ingredient_ids, cuisine)',
    ],
    of: 'recipes_search',
  },
  {
    name: 'an index of its own',
    make: ['create index recipes_diets on recipes using gin (dietary_restrictions)'],
    of: 'recipes_diets',
  },
  {
    name: 'fourth column',
    make: [
      'drop index recipes_diets, recipes_search',
      'create index recipes_search on recipes using gin (title_stems, ingredient_ids, cuisine, dietary_restrictions)',
    ],
    of: 'recipes_search',
  },
]

const SEARCHES: Readonly<Record<string, string>> = {
  vegan: `dietary_restrictions @> '{vegan}'`,
  'vegan, with the ingredient on most cards': `dietary_restrictions @> '{vegan}' and ingredient_ids @> '{1}'`,
  'vegetarian, "roasted"': `dietary_restrictions @> '{vegetarian}' and title_stems @@ 'roast'`,
  'no gluten, "roasted", an ingredient': `dietary_restrictions @> '{gluten_free}' and title_stems @@ 'roast' and ingredient_ids @> '{2}'`,
  'vegan, Thai': `dietary_restrictions @> '{vegan}' and cuisine = 'Thai'`,
}
const TIMES = 7

/** How long each search gathers its recipes with each of them, the quickest of some times, and what the indexes weigh. */
export async function arrangementsTable(session: Session): Promise<string> {
  const columns: string[][] = []
  const sizes: string[] = []
  for (const { make, of } of ARRANGEMENTS) {
    for (const statement of make) await session.query(statement)
    await session.query('analyze recipes')
    const [size] = await session.query<{ kb: number }>(
      'select (pg_relation_size($1::regclass) / 1024)::int as kb',
      [of],
    )
    sizes.push(`${(size?.kb ?? 0).toLocaleString('en')} kB`)
    const cells: string[] = []
    for (const condition of Object.values(SEARCHES)) cells.push(await quickest(session, condition))
    columns.push(cells)
  }
  const rows = Object.keys(SEARCHES).map((search, n) => [search, ...columns.map((cells) => cells[n] ?? '')])
  return markdownTable(
    ['search: ms, pages', ...ARRANGEMENTS.map(({ name }) => name)],
    [...rows, ['size of `recipes_search`, or of its own', ...sizes]],
  )
}

type Explained = {
  'Execution Time': number
  Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number }
}

async function quickest(session: Session, condition: string): Promise<string> {
  let best: Explained | undefined
  for (let time = 0; time < TIMES; time++) {
    const [row] = await session.query<{ 'QUERY PLAN': Explained[] }>(
      `explain (analyze, buffers, format json) select count(*) from recipes where ${condition}`,
    )
    const explained = row?.['QUERY PLAN'][0]
    if (explained && (!best || explained['Execution Time'] < best['Execution Time'])) best = explained
  }
  if (!best) throw new Error('EXPLAIN answered nothing.')
  const pages = best.Plan['Shared Hit Blocks'] + best.Plan['Shared Read Blocks']
  return `${best['Execution Time'].toFixed(1)}, ${pages.toLocaleString('en')}`
}
