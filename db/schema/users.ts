import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  varchar,
} from 'drizzle-orm/pg-core'
import { ROLES } from '@/domain/vocabulary'
import { createdAt, instant, oneOf } from './columns'
import { restaurants } from './restaurants'

export const users = pgTable(
  'users',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    /** Lower case. */
    email: varchar('email', { length: 254 }).notNull().unique(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text('image'),
    role: text('role', { enum: ROLES }).notNull().default('kitchen'),
    isActive: boolean('is_active').notNull().default(true),
    /** When they last signed in or a session of theirs was extended, to ten minutes: sessions that ended are swept away. */
    lastSeenAt: instant('last_seen_at'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    // listPeople and findAnything: a piece of the name or the address, as people compare names.
    index('users_search').using('gin', sql`name_key(${t.name} || ' ' || ${t.email}) gin_trgm_ops`),
    check('users_role', oneOf('role', ROLES)),
    check('users_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
)

/** Which restaurants a manager or a cook works in. Admins see all and need no row. */
export const memberships = pgTable(
  'memberships',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.userId] }),
    // findSession: the restaurants of the person who asks, on every request.
    index('memberships_user').on(t.userId, t.restaurantId),
  ],
)

export const sessions = pgTable(
  'sessions',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    token: varchar('token', { length: 128 }).notNull().unique(),
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  // endSessions: everything of a person who was deactivated.
  (t) => [index('sessions_user').on(t.userId)],
)

/** better-auth's account table; a person has one row, holding the scrypt hash. */
export const accounts = pgTable(
  'accounts',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  // findAccount: sign-in looks up the account by its person.
  (t) => [index('accounts_user').on(t.userId)],
)

/** better-auth's one-time tokens. */
export const verifications = pgTable(
  'verifications',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  // findVerification: a link is followed.
  (t) => [index('verifications_identifier').on(t.identifier)],
)

/** better-auth's request counter by address and path, and tries of pairing codes by person (`approvePairing`). */
export const rateLimits = pgTable('rate_limits', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
})

/** Failed sign-ins by account, whether it exists or not, so that the answer does not tell. */
export const signInFailures = pgTable('sign_in_failures', {
  /** Lower case. */
  email: varchar('email', { length: 254 }).primaryKey(),
  failures: integer('failures').notNull(),
  windowStartedAt: instant('window_started_at').notNull(),
})

/** Keys of other software. The key itself is shown once and kept only as a hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** SHA-256 of the whole key, hex: it has 256 random bits, so no slow hash is needed. */
    keyHash: varchar('key_hash', { length: 64 }).notNull(),
    name: varchar('name', { length: 100 }).notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.restaurantId, t.keyHash] })],
)

/**
 * How much of its allowance each API key has used (`admitApiRequest`): the time at which it will all have come back.
 * Unlogged: after a crash every key begins anew, and no request waits for the disk.
 */
export const apiRates = pgTable(
  'api_rates',
  {
    restaurantId: integer('restaurant_id').notNull(),
    keyHash: varchar('key_hash', { length: 64 }).notNull(),
    restoredAt: instant('restored_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.restaurantId, t.keyHash] })],
)
