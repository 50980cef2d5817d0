import { sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import {
  type ChainScope,
  chainScope,
  type GuestScope,
  type Permission,
  type Person,
  type RestaurantScope,
  type RestaurantSettings,
  restaurantScope,
  roleMay,
  systemScope,
} from '@/domain/scope'
import type { Db } from '../client'
import { findGuestScope, findPersonForOperator } from '../queries/access'
import { Refused } from './refused'

/** Rows that a call without parameters asks for; null where the database has none. */
type Samples = {
  sessionToken: string | null
  orderId: string | null
  recipeId: number | null
  ingredientId: number | null
  supplierId: number | null
  purchaseId: string | null
  countId: string | null
}

/** As whom, where and when a named query is called: the scopes that a page would have got for the same person. */
export type Standing = {
  person: Person
  restaurant: RestaurantSettings
  guest: GuestScope
  now: Date
  /** The restaurant's business date, `YYYY-MM-DD`. */
  today: string
  samples: Samples
  /** The restaurant, or another one by slug. Throws `Refused` where the person may not. */
  atRestaurant<P extends Permission = never>(permission?: P, slug?: string): RestaurantScope<P>
  /** All restaurants of the person. Throws `Refused` where they may not. */
  atChain<P extends Permission = never>(permission?: P): ChainScope<P>
}

export type StandingOptions = {
  /** Who; without one the first active admin. */
  email?: string | undefined
  /** Slug of one of their restaurants; without one the first by name. */
  restaurant?: string | undefined
}

/** Where the operator of the machine stands. Throws `Refused` when there is no such person or restaurant. */
export async function takeStanding(db: Db, { email, restaurant: slug }: StandingOptions): Promise<Standing> {
  const person = await findPersonForOperator(db, systemScope(), { email: email ?? null })
  if (!person)
    throw new Refused(
      email === undefined
        ? 'This database has no active admin to act as: npm run admin:create -- EMAIL makes one, npm run db:seed a whole chain.'
        : `There is no active person with the email ${email}.`,
    )
  const restaurant = person.restaurants.find((each) => slug === undefined || each.slug === slug)
  if (!restaurant) throw new Refused(noRestaurant(person, slug))
  const guest = await findGuestScope(db, restaurant.slug)
  if (!guest) throw new Refused(`The restaurant ${restaurant.slug} was closed a moment ago.`)
  const now = new Date()
  return {
    person,
    restaurant,
    guest,
    now,
    today: businessDate(now, restaurant.timeZone, restaurant.dayCutoff),
    samples: await findSamples(db, restaurant.id),
    atRestaurant(permission, other = restaurant.slug) {
      const scope = restaurantScope(person, other, permission)
      if (scope) return scope
      refuseRole(person, permission)
      throw new Refused(noRestaurant(person, other))
    },
    atChain(permission) {
      const scope = chainScope(person, permission)
      if (scope) return scope
      refuseRole(person, permission)
      throw new Error('A chain scope is refused for want of a permission only.')
    },
  }
}

function refuseRole({ name, role }: Person, permission: Permission | undefined): void {
  if (permission && !roleMay(role, permission))
    throw new Refused(`${name} may not ask this: the role ${role} has no "${permission}".`)
}

function noRestaurant({ name, restaurants }: Person, slug: string | undefined): string {
  if (restaurants.length === 0) return `${name} sees no active restaurant.`
  const slugs = restaurants.slice(0, 20).map((each) => each.slug)
  return `${name} sees no active restaurant "${slug}"; there are: ${slugs.join(', ')}${restaurants.length > 20 ? ' …' : ''}.`
}

async function findSamples(db: Db, restaurantId: number): Promise<Samples> {
  const [samples] = await db.execute<Samples>(sql`
    select
      (select token from sessions where expires_at > now() order by id desc limit 1) as "sessionToken",
      (select id from orders where restaurant_id = ${restaurantId} order by id desc limit 1) as "orderId",
      (select recipe_id from recipe_ingredients order by recipe_id limit 1) as "recipeId",
      (select min(id) from ingredients where is_active) as "ingredientId",
      (select min(supplier_id) from ingredients where is_active) as "supplierId",
      (select id from purchase_orders where restaurant_id = ${restaurantId} order by number desc limit 1)
        as "purchaseId",
      (select id from stock_counts where restaurant_id = ${restaurantId} order by id desc limit 1) as "countId"`)
  if (!samples) throw new Error('A select without FROM returned no row.')
  return samples
}
