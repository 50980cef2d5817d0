import { cookies } from 'next/headers'
import { cache } from 'react'
import { findOpenChangeSet, type OpenChangeSet } from '@/db/queries/change-sets'
import { chainScope } from '@/domain/scope'
import { database } from './database'
import { type Environment, environment, isHttps } from './environment'
import { currentPerson } from './session'

/** Where a browser remembers in which change set its person edits: every tab edits in the same one. */
export const changeSetCookieName = (env: Pick<Environment, 'APP_URL'>): string =>
  isHttps(env) ? '__Host-brigade_changes' : 'brigade_changes'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** How it is set; removed by the same with an age of 0. */
export const changeSetCookieOptions = (env: Pick<Environment, 'APP_URL'>) =>
  ({ httpOnly: true, secure: isHttps(env), sameSite: 'lax', path: '/', maxAge: YEAR_SECONDS }) as const

/**
 * The open change set in which the person who asks collects edits; null where edits go live at once, and once it was
 * published or discarded. Forms carry its number, so that an edit goes where its form said that it would.
 */
export const currentChangeSet = cache(async (): Promise<OpenChangeSet | null> => {
  const value = (await cookies()).get(changeSetCookieName(environment()))?.value ?? ''
  if (!/^[1-9]\d{0,8}$/.test(value)) return null
  const person = await currentPerson()
  const scope = person && chainScope(person, 'menu:edit')
  return scope && findOpenChangeSet(database(), scope, Number(value))
})
