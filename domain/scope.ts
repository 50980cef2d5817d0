import type { Role, StockPolicy } from './vocabulary'

/**
 * Scopes prove who may. A query or mutation asks for the scope that it needs, and only the functions below, given a
 * `Person` that a session query found, can make one: forgetting to check a permission does not compile.
 */
declare const proven: unique symbol

const PERMISSIONS = {
  'tickets:bump': ['admin', 'manager', 'kitchen'],
  'menu:eighty_six': ['admin', 'manager', 'kitchen'],
  'orders:place': ['admin', 'manager', 'kitchen'],
  'stock:read': ['admin', 'manager'],
  'stock:write': ['admin', 'manager'],
  'devices:manage': ['admin', 'manager'],
  /** Revenue, speed, food cost. */
  'reports:read': ['admin', 'manager'],
  'customers:read': ['admin', 'manager'],
  /** The chain's menu, its overrides, recipes, ingredients and suppliers. */
  'menu:edit': ['admin'],
  /** Restaurants, people and API keys. */
  'chain:manage': ['admin'],
  /** Forgetting who a guest was: in all restaurants, and for good. */
  'customers:anonymise': ['admin'],
  'audit:read': ['admin'],
  'database:read': ['admin'],
  /** To end whoever holds up others in the database. */
  'database:cancel': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** Whether a role carries a permission, wherever it works. */
export const roleMay = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role)

export type RestaurantSettings = {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly timeZone: string
  /** Local `HH:MM` at which the trading day ends. */
  readonly dayCutoff: string
  readonly stockPolicy: StockPolicy
  readonly autoConfirm: boolean
  readonly amberMinutes: number
  readonly redMinutes: number
}

export type Person = {
  readonly [proven]: 'person'
  readonly userId: number
  readonly name: string
  readonly email: string
  readonly role: Role
  /** The active restaurants that this person may see, by name. */
  readonly restaurants: readonly RestaurantSettings[]
}

/** Who stands behind a write: both are null for other software and for jobs. */
type Actor = {
  readonly userId: number | null
  /** The wall screen that acts as its restaurant's, never as the person who approved it. */
  readonly deviceId: number | null
}

export type RestaurantScope<P extends Permission = never> = {
  readonly [proven]: { readonly [K in P]: true }
  readonly restaurant: RestaurantSettings
  readonly actor: Actor
}

export type ChainScope<P extends Permission = never> = {
  readonly [proven]: { readonly [K in P]: true }
  readonly restaurantIds: readonly number[]
  /** An admin's: what the chain did in all, restaurants that have closed since included. */
  readonly isWholeChain: boolean
  readonly actor: Actor
}

/** What a report is about: one restaurant, or those of the scope together. */
export type ReportScope = RestaurantScope<'reports:read'> | ChainScope<'reports:read'>

/** Anybody at the table: the published menu of one active restaurant and nothing else. */
export type GuestScope = { readonly [proven]: 'guest'; readonly restaurant: RestaurantSettings }

/** Jobs and the command line: all restaurants. */
export type SystemScope = { readonly [proven]: 'system' }

/** Who may look into the database itself: an admin at `/database`, or whoever has the machine's command line. */
export type OperatorScope = ChainScope<'database:read'> | SystemScope

/** The restaurant by slug if this person may see it and, where one is named, holds the permission; else null. */
export function restaurantScope<P extends Permission = never>(
  person: Person,
  slug: string,
  permission?: P,
): RestaurantScope<P> | null {
  if (permission && !roleMay(person.role, permission)) return null
  const restaurant = person.restaurants.find((candidate) => candidate.slug === slug)
  return restaurant
    ? ({ restaurant, actor: { userId: person.userId, deviceId: null } } as RestaurantScope<P>)
    : null
}

/** All restaurants that this person may see, or null without the permission. */
export function chainScope<P extends Permission = never>(
  person: Person,
  permission?: P,
): ChainScope<P> | null {
  if (permission && !roleMay(person.role, permission)) return null
  return {
    restaurantIds: person.restaurants.map((restaurant) => restaurant.id),
    isWholeChain: person.role === 'admin',
    actor: { userId: person.userId, deviceId: null },
  } as unknown as ChainScope<P>
}

/** For jobs and commands, which run as the operator of the machine. Never called from a request. */
export const systemScope = () => ({}) as SystemScope
