import type { Database } from '@/db/client'
import { buffersOf, explainWork, type Plan, type PlanNode, walkPlan } from '@/db/explain'
import { countRecipes } from '@/db/queries/recipe-facets'
import { searchRecipes } from '@/db/queries/recipe-search'
import { getRecipeStatistics } from '@/db/queries/recipe-statistics'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import { listSimilarRecipes } from '@/db/queries/similar-recipes'
import { parseRecipeSearch, type SearchParams } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import { markdownTable } from '../lib/report'

type Explained = { title: string; work: (db: Database, scope: ChainScope) => Promise<unknown> }

const termsOf = (db: Database, scope: ChainScope, params: SearchParams) =>
  resolveRecipeSearch(db, scope, { search: parseRecipeSearch(params), stock: null })

const search = async (db: Database, scope: ChainScope, params: SearchParams) =>
  searchRecipes(db, scope, await termsOf(db, scope, params), { costs: null })

const EXPLAINED: readonly Explained[] = [
  {
    title: 'Q0 and Q1, a common search: Italian, at most 29 minutes, chef with 5 years or more',
    work: (db, scope) => search(db, scope, { cuisine: 'Italian', prep: '29', experience: '5' }),
  },
  {
    title: 'A rare search: `garlic kofte`, chef with 20 years or more',
    work: (db, scope) => search(db, scope, { q: 'garlic kofte', experience: '20' }),
  },
  {
    title: 'The counts of a common search, from a sample: with ingredient 1',
    work: async (db, scope) => countRecipes(db, scope, await termsOf(db, scope, { with: '1' })),
  },
  { title: 'Q2, statistics', work: (db, scope) => getRecipeStatistics(db, scope) },
  {
    title: 'Q3, similar to recipe 1',
    work: (db, scope) => listSimilarRecipes(db, scope, { recipeId: 1, limit: 10 }),
  },
]

/** What each of our queries reads where: the scans of its plans, with the ones that were never needed. */
export async function planExcerpts(url: string, scope: ChainScope): Promise<string> {
  const parts: string[] = []
  for (const { title, work } of EXPLAINED) {
    const plans = await explainWork(url, (db) => work(db, scope))
    const rows = plans.flatMap((plan, statement) => scansOf(plan).map((scan) => rowOf(scan, statement)))
    parts.push(
      `**${title}**\n\n${markdownTable(['scan', 'statement', 'rows found', 'rows thrown away', 'pages of 8 kB'], rows)}`,
    )
  }
  return parts.join('\n\n')
}

const scansOf = (plan: Plan): PlanNode[] =>
  [...walkPlan(plan.tree)].filter((node) => node['Index Name'] || node['Relation Name'])

function rowOf(node: PlanNode, statement: number): string[] {
  const { 'Actual Loops': loops = 1, 'Actual Rows': rows = 0, 'Rows Removed by Filter': removed = 0 } = node
  const source = [node['Relation Name'], node['Index Name'] && `by \`${node['Index Name']}\``]
  const figures = [rows * loops, removed * loops, buffersOf(node)].map((figure) =>
    Math.round(figure).toLocaleString('en-GB'),
  )
  return [
    [node['Node Type'], ...source].filter(Boolean).join(' '),
    String(statement + 1),
    ...(loops === 0 ? ['never run', '', ''] : figures),
  ]
}
