import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Environment, isHttps } from './environment'

/** A browser takes a `__Host-` cookie over https only, for this host alone: no sibling domain can plant one. */
export const sessionCookieName = (env: Pick<Environment, 'APP_URL'>): string =>
  isHttps(env) ? '__Host-brigade_session' : 'brigade_session'

/**
 * The session token in a cookie's value (`token.signature`, as better-auth signs it: HMAC-SHA-256, base64), or null
 * when we did not sign it. Spares the database whatever people make up. Done with Node's own HMAC, which takes a
 * twentieth of the time of the Web Crypto calls in better-auth's helper, on every page.
 */
export function tokenFromCookie(value: string | undefined, secret: string): string | null {
  const [, token, signature] = /^([A-Za-z0-9]{16,128})\.([A-Za-z0-9+/]{43}=)$/.exec(value ?? '') ?? []
  if (!token || !signature) return null
  const expected = createHmac('sha256', secret).update(token).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'base64')) ? token : null
}
