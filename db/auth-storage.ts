import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import type { Db } from './client'
import { accounts, rateLimits, sessions, users, verifications } from './schema'

/** The tables in which better-auth keeps what it knows, under its own names for them. */
export const authStorage = (db: Db) =>
  drizzleAdapter(db, {
    provider: 'pg',
    schema: {
      user: users,
      session: sessions,
      account: accounts,
      verification: verifications,
      rateLimit: rateLimits,
    },
  })
