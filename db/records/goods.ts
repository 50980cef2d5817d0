import { sql } from 'drizzle-orm'
import { MENU_TAG, RECIPES_TAG } from '@/domain/cache-tags'
import { type Ingredient, ingredientDocument } from '@/domain/ingredient'
import { type Supplier, supplierDocument } from '@/domain/supplier'
import type { Db } from '../client'
import { beforeMakeup, deriveDietsOfCardsWith, redescribed } from './diets'
import type { RecordKind } from './kind'
import { tableRecords } from './table'

export const supplierRecords: RecordKind<Supplier> = {
  subject: 'supplier',
  permission: 'menu:edit',
  schema: supplierDocument,
  nameOf: ({ name }) => name,
  retired: { isActive: false },
  idsFrom: 'suppliers',
  ...tableRecords<Supplier>('suppliers', {
    name: { column: 'name', type: 'text' },
    contactPerson: { column: 'contact_person', type: 'text' },
    phone: { column: 'phone', type: 'text' },
    email: { column: 'email', type: 'text' },
    address: { column: 'address', type: 'text' },
    isActive: { column: 'is_active', type: 'boolean' },
    rating: { column: 'rating', type: 'int' },
    leadTimeDays: { column: 'lead_time_days', type: 'int' },
    orderDays: { column: 'order_days', type: 'smallint[]' },
    minimumOrder: { column: 'minimum_order', type: 'int' },
  }),
  stale: async () => ({ tags: [], screens: [] }),
  constraints: { suppliers_name_unique: { field: 'name', reason: 'name_taken' } },
}

const ingredientTable = tableRecords<Ingredient>('ingredients', {
  name: { column: 'name', type: 'text' },
  unit: { column: 'unit', type: 'text' },
  unitPrice: { column: 'unit_price', type: 'numeric', read: 'trim_scale(t.unit_price)::text' },
  supplierId: { column: 'supplier_id', type: 'int' },
  isActive: { column: 'is_active', type: 'boolean' },
  packSize: { column: 'pack_size', type: 'numeric', read: 'trim_scale(t.pack_size)::text' },
  minimum: { column: 'minimum', type: 'numeric', read: 'trim_scale(t.minimum)::text' },
  storageArea: { column: 'storage_area', type: 'text' },
  allergens: { column: 'allergens', type: 'text[]' },
  animalSources: { column: 'animal_sources', type: 'text[]' },
})

export const ingredientRecords: RecordKind<Ingredient> = {
  subject: 'ingredient',
  permission: 'menu:edit',
  schema: ingredientDocument,
  nameOf: ({ name }) => name,
  retired: { isActive: false },
  idsFrom: 'ingredients',
  read: ingredientTable.read,
  async write(tx, changes) {
    const ids = redescribed(changes)
    if (ids.length > 0) await beforeMakeup(tx)
    await ingredientTable.write(tx, changes)
    if (ids.length > 0) await deriveDietsOfCardsWith(tx, ids)
  },
  async stale(tx, changes) {
    // Guests read allergens and diets. What an ingredient costs is nobody's cache.
    const told = redescribed(changes)
    const tags = changes.some(({ before, after }) => before && before.name !== after.name)
      ? [RECIPES_TAG]
      : []
    if (told.length === 0) return { tags, screens: [] }
    const [sold] = await tx.execute(sql`
      select from recipe_ingredients l join menu_items m on m.recipe_id = l.recipe_id
      where l.ingredient_id = any(${sql.param(told)}::int[]) limit 1`)
    return { tags: sold ? [MENU_TAG, ...tags] : tags, screens: [] }
  },
  async refuse(tx, changes) {
    const others = changes.filter(({ before, after }) => before && before.unit !== after.unit)
    if (others.length === 0) return null
    const used = await ingredientsInUse(
      tx,
      others.map(({ key }) => key.id),
    )
    return used.size > 0 ? { field: 'unit', reason: 'unit_in_use' } : null
  },
  constraints: {
    ingredients_name_unique: { field: 'name', reason: 'name_taken' },
    ingredients_supplier_id_suppliers_id_fk: { field: 'supplierId', reason: 'unknown_reference' },
  },
}

/** Those of some ingredients that stand on a card or in a stock, whose figures are in their unit. */
export async function ingredientsInUse(db: Db, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db.execute<{ id: number }>(sql`
    select i.id from unnest(${sql.param(ids)}::int[]) as i (id)
    where exists (select from recipe_ingredients l where l.ingredient_id = i.id)
      or exists (select from stock_levels s where s.ingredient_id = i.id)`)
  return new Set(rows.map(({ id }) => id))
}
