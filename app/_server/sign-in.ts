import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { cookies, headers } from 'next/headers'
import { overloadedCause } from '@/db/client'
import { forgetFailures, giveBackSignInAttempt, takeSignInAttempt } from '@/db/mutations/sign-in'
import { auth, DEACTIVATED } from './auth'
import { database } from './database'

export type SignInResult =
  | { ok: true }
  | { ok: false; reason: 'wrong_credentials' }
  | { ok: false; reason: 'deactivated' }
  /** `until` is an instant, ISO 8601. */
  | { ok: false; reason: 'too_many_failures'; until: string }
  | { ok: false; reason: 'too_many_from_here'; seconds: number }

/**
 * Signs a person in and sets the session cookie; to be called in a server action. An unknown address gets the same
 * answer, after the same work, as a wrong password.
 */
export async function startSession(credentials: { email: string; password: string }): Promise<SignInResult> {
  const db = database()
  const email = credentials.email.toLowerCase()
  const attempt = await takeSignInAttempt(db, email)
  if (!attempt.ok) return { ...attempt, until: attempt.until.toISOString() }

  const response = await askBetterAuth('/sign-in/email', { ...credentials, email }).catch(async (error) => {
    if (overloadedCause(error)) await giveBackSignInAttempt(db, email)
    throw error
  })
  if (response.status === 429) {
    await giveBackSignInAttempt(db, email)
    return { ok: false, reason: 'too_many_from_here', seconds: Number(response.headers.get('x-retry-after')) }
  }
  if (!response.ok) return failure(response)
  await forgetFailures(db, email)
  await handOnCookies(response)
  return { ok: true }
}

/** Ends the session of this request's cookie, if it has one, and removes the cookie. */
export async function endSession(): Promise<void> {
  await handOnCookies(await askBetterAuth('/sign-out', {}))
}

/** A request of our own to better-auth, on behalf of the one being served: its address, browser and cookies. */
async function askBetterAuth(path: string, body: object): Promise<Response> {
  const { baseURL } = auth().options
  const forwarded = [...(await headers())].filter(([name]) => HANDED_ON.includes(name))
  const request = new Request(`${baseURL}/api/auth${path}`, {
    method: 'POST',
    headers: { ...Object.fromEntries(forwarded), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return auth().handler(request)
}

const HANDED_ON = ['cookie', 'origin', 'user-agent', 'x-forwarded-for']

async function failure(response: Response): Promise<SignInResult> {
  if (response.status === 401) return { ok: false, reason: 'wrong_credentials' }
  const { code } = (await response.json()) as { code?: string }
  if (code === DEACTIVATED) return { ok: false, reason: 'deactivated' }
  throw new Error(`better-auth answered ${response.status} ${code}.`)
}

async function handOnCookies(response: Response): Promise<void> {
  const jar = await cookies()
  for (const [name, cookie] of parseSetCookieHeader(response.headers.getSetCookie().join(', '))) {
    jar.set(name, cookie.value, toCookieOptions(cookie))
  }
}
