import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { CATEGORY_ORDER, categoriesIn } from '../fragments/categories'

type Scope = ChainScope<'menu:edit'>

export type ListedCategory = {
  id: number
  name: string
  isActive: boolean
  /** Whether the change set does something to it. */
  isDraft: boolean
  /** Its dishes, live, and how many of them are on the menu. */
  dishes: number
  available: number
}

const MOST_CATEGORIES = 1000

/** All categories in menu order, live or as an open change set makes them. */
export async function listCategories(
  db: Db,
  _scope: Scope,
  { changeSetId }: { changeSetId: number | null },
): Promise<ListedCategory[]> {
  return db.execute<ListedCategory>(sql`
    with sold as (
      select category_id, count(*)::int as dishes, count(*) filter (where is_available)::int as available
      from menu_items group by category_id
    )
    select id, name, is_active as "isActive", is_draft as "isDraft", coalesce(dishes, 0) as dishes,
      coalesce(available, 0) as available
    from ${categoriesIn(changeSetId)} c left join sold on sold.category_id = c.id
    order by ${CATEGORY_ORDER} limit ${MOST_CATEGORIES}`)
}

export type CategoryUse = {
  /** Dishes on the menu that stand in it, live. */
  available: number
  /** The first of them by name. */
  dishes: { id: number; name: string }[]
}

/** What goes off the menu with a category. */
export async function getCategoryUse(
  db: Db,
  _scope: Scope,
  { id, limit }: { id: number; limit: number },
): Promise<CategoryUse> {
  const dishes = await db.execute<{ id: number; name: string; available: number }>(sql`
    select id, name, count(*) over ()::int as available from menu_items
    where category_id = ${id} and is_available order by name, id limit ${limit}`)
  return { available: dishes[0]?.available ?? 0, dishes: dishes.map(({ id, name }) => ({ id, name })) }
}
