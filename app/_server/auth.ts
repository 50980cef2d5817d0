import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { authStorage } from '@/db/auth-storage'
import type { Db } from '@/db/client'
import { noteSeen } from '@/db/mutations/sessions'
import { hashPassword, verifyPassword } from '@/db/password'
import { mayBeginSession } from '@/db/queries/access'
import { PASSWORD_LENGTH } from '@/domain/sign-in'
import { database } from './database'
import { type Environment, environment, isHttps, ownOrigins } from './environment'
import { sessionCookieName } from './session-cookie'

const SECONDS_A_DAY = 86_400
/** The code of better-auth's refusal to somebody who knows the password of an account that was deactivated. */
export const DEACTIVATED = 'DEACTIVATED'

const IDLE_MS = 12 * 60 * 60 * 1000

/**
 * better-auth over our tables, for e-mail and password. It has no HTTP endpoint: its handler is called by our own
 * actions, so that its limiter by address counts too. Sessions are read by `findPerson`, not by it.
 */
export function buildAuth(db: Db, env: Environment) {
  const [baseURL, ...otherOrigins] = ownOrigins(env)
  return betterAuth({
    appName: 'Brigade',
    baseURL,
    trustedOrigins: otherOrigins,
    secret: env.AUTH_SECRET,
    database: authStorage(db),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    // The cookie's life; how long a session lives is in its row, see below and `touchSession`.
    session: { expiresIn: 7 * SECONDS_A_DAY, disableSessionRefresh: true, cookieCache: { enabled: false } },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (!(await mayBeginSession(db, Number(session.userId))))
              throw new APIError('FORBIDDEN', { code: DEACTIVATED })
            return { data: { ...session, expiresAt: new Date(Date.now() + IDLE_MS) } }
          },
          after: (session) => noteSeen(db, Number(session.userId)),
        },
      },
    },
    // By address and path. Behind a proxy everybody comes from one address, so this only holds back a flood; guessing
    // one account's password is held back by `takeSignInAttempt`.
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/email': { window: 10, max: 30 }, '/sign-out': false },
    },
    advanced: {
      database: { generateId: 'serial' },
      // Off, or it would put `__Secure-` before the name that we choose.
      useSecureCookies: false,
      cookies: {
        session_token: { name: sessionCookieName(env), attributes: { secure: isHttps(env) } },
      },
    },
    onAPIError: { throw: true },
    logger: { level: 'error' },
    telemetry: { enabled: false },
  })
}

let instance: ReturnType<typeof buildAuth> | undefined

/** This process's better-auth, built when first needed. */
export function auth() {
  instance ??= buildAuth(database(), environment())
  return instance
}
