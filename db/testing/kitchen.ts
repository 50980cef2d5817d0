import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { type Person, type RestaurantScope, type RestaurantSettings, restaurantScope } from '@/domain/scope'
import type { Database } from '../client'
import { transact } from '../mutations/transact'

export type KitchenScope = RestaurantScope<
  'orders:place' | 'tickets:bump' | 'menu:eighty_six' | 'stock:read' | 'stock:write'
>

/** What the test chain sells, in cents, and what a portion takes of each ingredient, in its unit. */
export const DISHES = {
  risotto: { id: 1, name: 'Risotto', price: 1450, card: { 1: '0.300', 2: '0.050' } },
  tagliata: { id: 2, name: 'Tagliata', price: 2300, card: { 2: '0.025', 3: '0.250' } },
  /** Sold without a recipe. */
  water: { id: 3, name: 'Water', price: 300, card: {} },
  /** Taken off the chain's menu. */
  oysters: { id: 4, name: 'Oysters', price: 2900, card: {} },
  /** In a category that is not active. */
  truffle: { id: 5, name: 'Truffle', price: 4900, card: {} },
} as const

/** A chain's menu and one cook (user 1) in an empty database. */
export async function addChain(db: Database): Promise<void> {
  await db.execute(sql`insert into users (name, email) values ('Cook', 'cook@example.com')`)
  await db.execute(sql`insert into categories (name, is_active) values ('Mains', true), ('Winter', false)`)
  await db.execute(sql`
    insert into suppliers (name, contact_person, phone, email, address)
    values ('Verde', 'Ada', '1', 'ada@example.com', 'Here')`)
  await db.execute(sql`
    insert into ingredients (name, unit, unit_price, supplier_id)
    values ('Rice', 'kg', 320, 1), ('Butter', 'kg', 900, 1), ('Beef', 'kg', 2600, 1)`)
  await db.execute(sql`insert into chefs (name, experience_years) values ('Chef', 9)`)
  await db.execute(sql`
    insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
    values ('Risotto', 'Italian', 1, 20, 1), ('Tagliata', 'Italian', 1, 15, 1)`)
  await db.execute(sql`
    insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
    values (1, 1, 0.300), (1, 2, 0.050), (2, 2, 0.025), (2, 3, 0.250)`)
  await db.execute(sql`
    insert into menu_items (name, description, price, category_id, preparation_time, station, recipe_id, is_available)
    values ('Risotto', '', 1450, 1, 20, 'pasta', 1, true), ('Tagliata', '', 2300, 1, 15, 'grill', 2, true),
      ('Water', '', 300, 1, 0, 'bar', null, true), ('Oysters', '', 2900, 1, 5, 'cold', null, false),
      ('Truffle', '', 4900, 2, 5, 'cold', null, true)`)
}

/** When the stock that a kitchen begins with was delivered. */
const OPENED = Date.UTC(2026, 0, 1, 12)

type Kitchen = Partial<Pick<RestaurantSettings, 'timeZone' | 'dayCutoff' | 'stockPolicy' | 'autoConfirm'>> & {
  /** On hand by ingredient id, in kg, as a delivery; nothing else is stocked. */
  stock?: Record<number, string>
}

/** One more restaurant of that chain, with the scope of its cook. */
export async function addKitchen(db: Database, kitchen: Kitchen = {}): Promise<KitchenScope> {
  const settings = {
    timeZone: 'Europe/Rome',
    dayCutoff: '04:00',
    stockPolicy: 'warn',
    autoConfirm: true,
  } as const
  const { stock = {}, ...given } = kitchen
  const rules = { ...settings, ...given }
  const restaurant = await transact<RestaurantSettings>(db, async (tx) => {
    const [row] = await tx.execute<{ id: number; name: string; slug: string }>(sql`
      insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone, day_cutoff,
        stock_policy, auto_confirm)
      select 'Kitchen ' || n, 'kitchen-' || n, 'Here', '1', '11:00', '23:00', ${rules.timeZone}, ${rules.dayCutoff}::time,
        ${rules.stockPolicy}, ${rules.autoConfirm}
      from (select count(*) + 1 as n from restaurants) counted
      returning id, name, slug`)
    if (!row) throw new Error('No restaurant was made.')
    for (const [ingredientId, quantity] of Object.entries(stock)) {
      await tx.execute(sql`
        insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par)
        values (${row.id}, ${ingredientId}, ${quantity}, 1, 10)`)
      await tx.execute(sql`
        insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, business_date, created_at)
        values (${row.id}, ${uuidv7({ msecs: OPENED })}::uuid, ${ingredientId}, 'received', ${quantity}, '2026-01-01',
          ${new Date(OPENED).toISOString()}::timestamptz)`)
    }
    return { ...row, ...rules, amberMinutes: 5, redMinutes: 10 }
  })
  const person = { userId: 1, role: 'admin', restaurants: [restaurant] } as unknown as Person
  const scope = restaurantScope(person, restaurant.slug)
  if (!scope) throw new Error('An admin may do everything.')
  return scope as KitchenScope
}

export async function closeKitchen(db: Database, scope: KitchenScope): Promise<void> {
  await db.execute(sql`update restaurants set is_active = false where id = ${scope.restaurant.id}`)
}

export async function countOrders(db: Database): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from orders`)
  return row?.n ?? 0
}

/** On hand by ingredient id, as stored. */
export async function onHand(db: Database, scope: KitchenScope): Promise<Record<number, string>> {
  const levels = await db.execute<{ id: number; quantity: string }>(sql`
    select ingredient_id as id, on_hand as quantity from stock_levels where restaurant_id = ${scope.restaurant.id}`)
  return Object.fromEntries(levels.map((level) => [level.id, level.quantity]))
}

/** Ingredients of which on hand differs from the sum of their movements (everywhere, or in one kitchen): none, ever. */
export async function brokenLedger(db: Database, scope?: KitchenScope): Promise<Record<string, unknown>[]> {
  return db.execute(sql`
    select l.restaurant_id, l.ingredient_id, l.on_hand, sum(m.quantity) as moved
    from stock_levels l
    left join stock_movements m on m.restaurant_id = l.restaurant_id and m.ingredient_id = l.ingredient_id
    ${scope ? sql`where l.restaurant_id = ${scope.restaurant.id}` : sql``}
    group by l.restaurant_id, l.ingredient_id
    having l.on_hand <> coalesce(sum(m.quantity), 0)`)
}

/** Restaurants whose events are not numbered 1, 2, 3 … up to their feed's number, and how many events there are. */
export async function feedGaps(db: Database, scope: KitchenScope): Promise<{ seq: number; numbers: number }> {
  const [row] = await db.execute<{ seq: number; numbers: number }>(sql`
    select seq::int, (
      select count(distinct e.seq)::int from order_events e
      where e.restaurant_id = f.restaurant_id and e.seq between 1 and f.seq
    ) as numbers
    from kitchen_feed f where restaurant_id = ${scope.restaurant.id}`)
  return row ?? { seq: 0, numbers: 0 }
}
