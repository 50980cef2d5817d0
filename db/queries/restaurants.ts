import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import { OPEN_STATUSES, type StockPolicy } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'

type Scope = ChainScope<'chain:manage'>

/** In words of SQL, so that the index of open orders is seen to hold them. */
const OPEN = sql.raw(OPEN_STATUSES.map((status) => `'${status}'`).join(', '))

export type ListedRestaurant = {
  id: number
  name: string
  slug: string
  address: string
  phone: string
  isActive: boolean
  timeZone: string
  /** Local `HH:MM`. */
  openingTime: string
  closingTime: string
  stockPolicy: StockPolicy
}

/** All restaurants whose name, slug or address holds `search`, closed ones too, by name; at most `limit` of them. */
export async function listRestaurants(
  db: Db,
  _scope: Scope,
  { search, limit }: { search: string; limit: number },
): Promise<ListedRestaurant[]> {
  return db.execute<ListedRestaurant>(sql`
    select id, name, slug, address, phone, is_active as "isActive", time_zone as "timeZone",
      to_char(opening_time, 'HH24:MI') as "openingTime", to_char(closing_time, 'HH24:MI') as "closingTime",
      stock_policy as "stockPolicy"
    from restaurants
    where ${search} = '' or ${holdsName(sql`name || ' ' || slug || ' ' || address`, search)}
    order by name, id limit ${limit}`)
}

export type RestaurantUse = {
  openOrders: number
  screens: number
  /** Active people who have a place in it. */
  people: number
  apiKeys: number
  /** Slugs that lead to it, newest first. */
  formerSlugs: string[]
}

/** What works with a restaurant as long as it is active. */
export async function getRestaurantUse(db: Db, _scope: Scope, id: number): Promise<RestaurantUse> {
  const [use] = await db.execute<RestaurantUse>(sql`
    select
      (select count(*)::int from orders o
        where o.restaurant_id = ${id} and o.status in (${OPEN})) as "openOrders",
      (select count(*)::int from devices where restaurant_id = ${id} and revoked_at is null) as screens,
      (select count(*)::int from memberships m join users u on u.id = m.user_id and u.is_active
        where m.restaurant_id = ${id}) as people,
      (select count(*)::int from api_keys where restaurant_id = ${id} and revoked_at is null) as "apiKeys",
      (select coalesce(json_agg(slug order by created_at desc, slug), '[]') from former_slugs
        where restaurant_id = ${id}) as "formerSlugs"`)
  if (!use) throw new Error('A select without FROM returned no row.')
  return use
}
