import { sql } from 'drizzle-orm'
import { MENU_TAG, menuTag } from '@/domain/cache-tags'
import { type Category, categoryDocument } from '@/domain/category'
import { type MenuItem, type MenuOverride, menuItemDocument, menuOverrideDocument } from '@/domain/menu-item'
import type { Db } from '../client'
import { byKey, keyText, type RecordKey, type RecordKind } from './kind'
import { tableRecords } from './table'

const menuIsStale = async () => ({ tags: [MENU_TAG], screens: [] })

export const categoryRecords: RecordKind<Category> = {
  subject: 'category',
  permission: 'menu:edit',
  schema: categoryDocument,
  nameOf: ({ name }) => name,
  retired: { isActive: false },
  idsFrom: 'categories',
  ...tableRecords<Category>('categories', {
    name: { column: 'name', type: 'text' },
    description: { column: 'description', type: 'text' },
    isActive: { column: 'is_active', type: 'boolean' },
    sortOrder: { column: 'sort_order', type: 'int' },
  }),
  stale: menuIsStale,
  constraints: { categories_name_unique: { field: 'name', reason: 'name_taken' } },
}

export const menuItemRecords: RecordKind<MenuItem> = {
  subject: 'menu_item',
  permission: 'menu:edit',
  schema: menuItemDocument,
  nameOf: ({ name }) => name,
  retired: { isAvailable: false },
  idsFrom: 'menu_items',
  ...tableRecords<MenuItem>('menu_items', {
    name: { column: 'name', type: 'text' },
    description: { column: 'description', type: 'text' },
    price: { column: 'price', type: 'int' },
    categoryId: { column: 'category_id', type: 'int' },
    recipeId: { column: 'recipe_id', type: 'int' },
    station: { column: 'station', type: 'text' },
    prepMinutes: { column: 'preparation_time', type: 'int' },
    calories: { column: 'calories', type: 'int' },
    isAvailable: { column: 'is_available', type: 'boolean' },
    isFeatured: { column: 'is_featured', type: 'boolean' },
    photo: { column: 'photo', type: 'text' },
  }),
  stale: menuIsStale,
  constraints: {
    menu_items_category_id_categories_id_fk: { field: 'categoryId', reason: 'unknown_reference' },
    menu_items_recipe_id_recipes_id_fk: { field: 'recipeId', reason: 'unknown_reference' },
  },
}

/**
 * What restaurants do differently. In the audit it is a change of the dish in a restaurant, like an 86. A dish that
 * exists has an override in every restaurant, though it may say nothing: writing one begins with a row, so that two who
 * write the first one wait for each other.
 */
export const menuOverrideRecords: RecordKind<MenuOverride> = {
  subject: 'menu_override',
  permission: 'menu:edit',
  schema: menuOverrideDocument,
  nameOf: () => '',
  retired: { price: null, isAvailable: null },
  idsFrom: null,
  read: readOverrides,
  async write(tx, changes) {
    const rows = changes.map(({ key, after }) => ({ id: key.id, restaurant: key.restaurantId, ...after }))
    await tx.execute(sql`
      update menu_overrides o set price = g.price, is_available = g."isAvailable", updated_at = now()
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as g (id int, restaurant int, price int, "isAvailable" boolean)
      where o.restaurant_id = g.restaurant and o.menu_item_id = g.id`)
  },
  stale: async (_, changes) => ({
    tags: [...new Set(changes.map(({ key }) => menuTag(key.restaurantId ?? 0)))],
    screens: [],
  }),
  constraints: {},
}

async function readOverrides(
  db: Db,
  keys: readonly RecordKey[],
  lock: boolean,
): Promise<Map<string, MenuOverride>> {
  const rows = [...keys].sort(byKey).map(({ id, restaurantId }) => ({ id, restaurant: restaurantId }))
  const asked = sql`json_to_recordset(${JSON.stringify(rows)}::text::json) as g (id int, restaurant int)`
  if (lock) {
    await db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id)
      select r.id, m.id from ${asked} join menu_items m on m.id = g.id join restaurants r on r.id = g.restaurant
      order by m.id, r.id
      on conflict (restaurant_id, menu_item_id) do nothing`)
    await db.execute(sql`
      select from menu_overrides o
      where (o.restaurant_id, o.menu_item_id) in (select g.restaurant, g.id from ${asked})
      order by o.menu_item_id, o.restaurant_id for no key update`)
  }
  const found = await db.execute<RecordKey & { doc: MenuOverride }>(sql`
    select m.id, r.id as "restaurantId", json_build_object('price', o.price, 'isAvailable', o.is_available) as doc
    from ${asked}
    join menu_items m on m.id = g.id
    join restaurants r on r.id = g.restaurant
    left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id`)
  return new Map(found.map(({ doc, ...key }) => [keyText(key), doc]))
}
