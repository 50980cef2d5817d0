import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { countRecipes } from '@/db/queries/recipe-facets'
import { searchRecipes } from '@/db/queries/recipe-search'
import { getRecipeStatistics } from '@/db/queries/recipe-statistics'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import { listSimilarRecipes } from '@/db/queries/similar-recipes'
import { parseRecipeSearch, type RecipeSearch } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'

/** What a baseline did of its work before its time was up. */
type Done = { share: number }

export type Baseline = {
  name: string
  /** What it does, and what stands in its place. */
  naive: string
  ours: string
  /** Takes so long that once has to do. */
  slow?: true
  runNaive: (db: Database) => Promise<Done>
  runOurs: (db: Database, scope: ChainScope) => Promise<unknown>
}

/** After this a baseline stops, and its cost is extrapolated from what it did. */
const CAP_MS = 20_000
const WHOLE: Done = { share: 1 }

const COLUMNS = sql.raw('id, title, cuisine, difficulty, prep_time, chef_id, created_at')
type Row = { id: number; cuisine: string; difficulty: number; prep_time: number }

const search = (params: Record<string, string>) => parseRecipeSearch({ sort: 'prep', ...params })
const quickItalian = search({ cuisine: 'Italian', prep: '29' })
const experienced = search({ cuisine: 'Italian', prep: '29', experience: '5' })

const termsOf = (db: Database, scope: ChainScope, search: RecipeSearch) =>
  resolveRecipeSearch(db, scope, { search, stock: null })

const firstPage = async (db: Database, scope: ChainScope, wanted: RecipeSearch) =>
  searchRecipes(db, scope, await termsOf(db, scope, wanted), { costs: null })

/** The course's queries as its Django sends them, the work that it does in Python done here. */
export const BASELINES: readonly Baseline[] = [
  {
    name: 'Q0',
    naive: 'fetch every recipe; keep Italian ones under 30 minutes in code',
    ours: 'the first page of that search, and its counts',
    async runNaive(db) {
      const rows = await db.execute<Row>(sql`select ${COLUMNS} from recipes`)
      rows.filter((row) => row.cuisine === 'Italian' && row.prep_time < 30)
      return WHOLE
    },
    async runOurs(db, scope) {
      await firstPage(db, scope, quickItalian)
      await countRecipes(db, scope, await termsOf(db, scope, quickItalian))
    },
  },
  {
    name: 'Q1',
    naive: 'Italian, under 30 minutes, chef with 5 years or more, chef joined, by prep time, all of them',
    ours: 'the first page of that search',
    async runNaive(db) {
      await db.execute(sql`
        select r.id, r.title, r.cuisine, r.difficulty, r.prep_time, r.chef_id, r.created_at, c.name, c.experience_years
        from recipes r join chefs c on c.id = r.chef_id
        where r.cuisine = 'Italian' and r.prep_time < 30 and c.experience_years >= 5
        order by r.prep_time`)
      return WHOLE
    },
    runOurs: (db, scope) => firstPage(db, scope, experienced),
  },
  {
    name: 'Q2',
    naive: 'the distinct cuisines; for each a count and a fetch of all its recipes, averages in code',
    ours: 'getRecipeStatistics: each cuisine and the whole book in one query',
    async runNaive(db) {
      const cuisines = await db.execute<{ cuisine: string }>(sql`select distinct cuisine from recipes`)
      for (const { cuisine } of cuisines) {
        const [count] = await db.execute<{ n: number }>(
          sql`select count(*)::int as n from recipes where cuisine = ${cuisine}`,
        )
        const rows = await db.execute<Row>(sql`select ${COLUMNS} from recipes where cuisine = ${cuisine}`)
        const average = (figure: (row: Row) => number) =>
          rows.reduce((sum, row) => sum + figure(row), 0) / (count?.n ?? 0)
        average((row) => row.prep_time)
        average((row) => row.difficulty)
      }
      return WHOLE
    },
    runOurs: (db, scope) => getRecipeStatistics(db, scope),
  },
  {
    name: 'Q3',
    naive:
      'for recipe 1: fetch every other recipe, and count for each with a query the ingredients whose name recipe 1 has, too',
    ours: 'listSimilarRecipes: the twelve most similar',
    slow: true,
    async runNaive(db) {
      const start = performance.now()
      const others = await db.execute<Row>(sql`select ${COLUMNS} from recipes where id <> 1`)
      for (const [done, { id }] of others.entries()) {
        if (performance.now() - start > CAP_MS) return { share: done / others.length }
        await db.execute(sql`
          select count(*) from ingredients i
          join recipe_ingredients l on l.ingredient_id = i.id
          where l.recipe_id = ${id} and i.name in (
            select own.name from ingredients own
            join recipe_ingredients o on o.ingredient_id = own.id
            where o.recipe_id = 1
          )`)
      }
      return WHOLE
    },
    runOurs: (db, scope) => listSimilarRecipes(db, scope, { recipeId: 1, limit: 12 }),
  },
]
