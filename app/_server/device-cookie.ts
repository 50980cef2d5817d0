import { type Environment, isHttps } from './environment'

type Env = Pick<Environment, 'APP_URL'>

/** The paired screen's own cookie: it lies beside a person's session and is never one. */
export const deviceCookieName = (env: Env): string => hostOnly(env, 'brigade_device')

/** The secret of a screen that waits for its code to be approved. */
export const pairingCookieName = (env: Env): string => hostOnly(env, 'brigade_pairing')

const hostOnly = (env: Env, name: string) => (isHttps(env) ? `__Host-${name}` : name)

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** How both are set, for a year: a wall screen has nobody who signs in. Removed by the same with an age of 0. */
export const deviceCookieOptions = (env: Env) =>
  ({ httpOnly: true, secure: isHttps(env), sameSite: 'lax', path: '/', maxAge: YEAR_SECONDS }) as const
