import { sql } from 'drizzle-orm'
import type { BulkDish } from '@/domain/bulk-change'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { everyDish } from '../fragments/menu'
import { type MenuFilter, matchesFilter, ofCategory } from '../fragments/menu-filter'

/** Which dishes a bulk change is about: those that were ticked, or all that the filters of the list find. */
export type BulkSelection = { ids: readonly number[] } | { filter: MenuFilter; isOnMenu: boolean }

export type DishToChange = BulkDish & { id: number; name: string; category: string }

export type BulkDishes = {
  dishes: DishToChange[]
  /** Every category, also those that are not active, in menu order. */
  categories: { id: number; name: string }[]
}

/** What a bulk change would be about, by category and name: at most the chain's whole menu, a few thousand rows. */
export async function listDishesToChange(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { selection }: { selection: BulkSelection },
): Promise<BulkDishes> {
  const isChosen =
    'ids' in selection
      ? sql`id = any(${sql.param(selection.ids)}::int[])`
      : sql`${matchesFilter(selection.filter)} and ${ofCategory(selection.filter.categoryId)}
          and eighty_sixed = ${!selection.isOnMenu}`
  const [found] = await db.execute<BulkDishes>(sql`
    select (
        select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'category', d.category,
          'categoryId', d.category_id, 'price', d.price, 'isAvailable', m.is_available)
          order by d.sort_order, d.category, d.name, d.id), '[]')
        from (select * from ${everyDish} every_dish where ${isChosen}) d
        join menu_items m on m.id = d.id
      ) as dishes,
      (
        select coalesce(json_agg(json_build_object('id', id, 'name', name) order by sort_order, name), '[]')
        from categories
      ) as categories`)
  if (!found) throw new Error('A select without FROM returned no row.')
  return found
}

export type DishDraft = { id: number; patch: Partial<BulkDish> }

/** What an open change set does to some dishes; those that it leaves alone are left out. */
export async function listDishDrafts(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { changeSetId, ids }: { changeSetId: number; ids: readonly number[] },
): Promise<DishDraft[]> {
  return db.execute<DishDraft>(sql`
    select e.subject_id as id, e.patch from change_set_edits e
    join change_sets s on s.id = e.change_set_id and s.state = 'open'
    where e.change_set_id = ${changeSetId} and e.subject = 'menu_item' and e.restaurant_id is null
      and e.subject_id = any(${sql.param(ids)}::int[])`)
}
