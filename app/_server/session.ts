import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { after } from 'next/server'
import { cache } from 'react'
import { touchSession } from '@/db/mutations/sessions'
import { findPerson } from '@/db/queries/access'
import {
  type ChainScope,
  chainScope,
  type Permission,
  type Person,
  type RestaurantScope,
  restaurantScope,
} from '@/domain/scope'
import { database } from './database'
import { environment } from './environment'
import { PATH_HEADER } from './origin'
import { sessionCookieName, tokenFromCookie } from './session-cookie'

/** The token in this request's session cookie if we signed it, else null. Whether its session is good is not asked. */
async function sessionToken(): Promise<string | null> {
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

/** Who asks; sends everybody else to sign in and back here. */
export async function requirePerson(): Promise<Person> {
  const person = await currentPerson()
  if (person) return person
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
  return restaurantScope(await requirePerson(), slug, permission) ?? notFound()
}

/** All restaurants of the person who asks; 404 without the permission. */
export async function requireChain<P extends Permission = never>(permission?: P): Promise<ChainScope<P>> {
  return chainScope(await requirePerson(), permission) ?? notFound()
}
