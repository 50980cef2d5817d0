import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { after } from 'next/server'
import { cache } from 'react'
import { touchDevice } from '@/db/mutations/devices'
import { touchSession } from '@/db/mutations/sessions'
import { type DeviceScope, findDeviceScope, findPerson, findPresentSlug } from '@/db/queries/access'
import {
  type ChainScope,
  chainScope,
  type Permission,
  type Person,
  type RestaurantScope,
  restaurantScope,
} from '@/domain/scope'
import { PATH_HEADER } from './agreed.mjs'
import { database } from './database'
import { deviceCookieName } from './device-cookie'
import { environment } from './environment'
import { pathWithSlug } from './former-slug'
import { sessionCookieName, tokenFromCookie } from './session-cookie'

/** The token in this request's session cookie if we signed it, else null. Whether its session is good is not asked. */
export async function sessionToken(): Promise<string | null> {
  const env = environment()
  return tokenFromCookie((await cookies()).get(sessionCookieName(env))?.value, env.AUTH_SECRET)
}

/** Who asks, or null: one query, shared by everything that one page renders. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const token = await sessionToken()
  if (!token) return null
  const person = await findPerson(database(), token)
  // After the answer was sent: no page waits for it.
  if (person?.touchIsDue) after(() => touchSession(database(), token))
  return person
})

const deviceCookieValue = async () => (await cookies()).get(deviceCookieName(environment()))?.value

/** The screen that asks, if it is paired and not revoked, or null. Costs one query where there is a cookie. */
export const currentDevice = cache(async (): Promise<DeviceScope | null> => {
  const cookie = await deviceCookieValue()
  const device = cookie ? await findDeviceScope(database(), cookie) : null
  // After the answer was sent: no screen waits for it.
  if (device?.touchIsDue) after(() => touchDevice(database(), device))
  return device
})

/** Who asks; sends everybody else to sign in and back here. */
export async function requirePerson(): Promise<Person> {
  return (await currentPerson()) ?? redirectToSignIn()
}

async function redirectToSignIn(): Promise<never> {
  const path = (await headers()).get(PATH_HEADER)
  redirect(path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in')
}

/**
 * The restaurant of a slug, for the person who asks. A slug that does not exist, one that is not theirs and a page that
 * is not for their role all answer 404: which restaurants there are is nobody else's business.
 */
export async function requireRestaurant<P extends Permission = never>(
  slug: string,
  permission?: P,
): Promise<RestaurantScope<P>> {
  const person = await requirePerson()
  const scope = restaurantScope(person, slug, permission)
  if (scope) return scope
  const present = await presentSlug(slug)
  if (present && restaurantScope(person, present)) await redirectToSlug(slug, present)
  notFound()
}

/** The slug of a restaurant that gave this one up. Asked only where the slug itself leads nowhere. */
const presentSlug = cache((former: string) => findPresentSlug(database(), former))

/** To the same page under the slug that the restaurant has now. */
async function redirectToSlug(former: string, present: string): Promise<never> {
  redirect(pathWithSlug((await headers()).get(PATH_HEADER) ?? '/', former, present))
}

/** All restaurants of the person who asks; 404 without the permission. */
export async function requireChain<P extends Permission = never>(permission?: P): Promise<ChainScope<P>> {
  return chainScope(await requirePerson(), permission) ?? notFound()
}

/**
 * The wall of a slug, for whoever may bump there: the person who is signed in, else the screen that is paired with that
 * restaurant. Null for everybody else. A wall that is open keeps its contact under a slug that was given up meanwhile.
 */
export async function currentWallScope(slug: string): Promise<RestaurantScope<'tickets:bump'> | null> {
  const scope = await wallScopeOf(slug)
  if (scope) return scope
  const present = await presentSlug(slug)
  return present === null ? null : wallScopeOf(present)
}

async function wallScopeOf(slug: string): Promise<RestaurantScope<'tickets:bump'> | null> {
  const person = await currentPerson()
  const scope = person && restaurantScope(person, slug, 'tickets:bump')
  if (scope) return scope
  const device = await currentDevice()
  return device?.restaurant.slug === slug ? device : null
}

/**
 * The wall of a slug, as `currentWallScope`. A person to whom it is foreign gets 404, a screen whose pairing has ended
 * is sent to pair again, and everybody else to sign in.
 */
export async function requireWall(slug: string): Promise<RestaurantScope<'tickets:bump'>> {
  const scope = await currentWallScope(slug)
  if (scope && scope.restaurant.slug !== slug) await redirectToSlug(slug, scope.restaurant.slug)
  if (scope) return scope
  if (await currentPerson()) notFound()
  if ((await deviceCookieValue()) && !(await currentDevice())) redirect('/pair')
  return redirectToSignIn()
}
