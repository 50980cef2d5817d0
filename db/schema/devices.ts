import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, unique, varchar } from 'drizzle-orm/pg-core'
import { createdAt, instant } from './columns'
import { restaurants } from './restaurants'
import { users } from './users'

/**
 * Wall screens. A device's cookie names restaurant and id, so the key finds it, and a secret of 256 random bits, of which
 * only the hash is kept.
 */
export const devices = pgTable(
  'devices',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    id: integer('id').notNull().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 80 }).notNull(),
    /** SHA-256, hex. */
    secretHash: varchar('secret_hash', { length: 64 }).notNull(),
    approvedBy: integer('approved_by')
      .notNull()
      .references(() => users.id),
    lastSeenAt: instant('last_seen_at'),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.restaurantId, t.id] }), check('devices_name', sql`${t.name} <> ''`)],
)

/**
 * A screen that shows a code and waits for somebody to approve it. Ends as a device, or after ten minutes. A handful of
 * rows: scans only, but for the key that the screen asks by.
 */
export const devicePairings = pgTable(
  'device_pairings',
  {
    /** SHA-256 of the screen's secret, hex: it becomes the device's. */
    secretHash: varchar('secret_hash', { length: 64 }).primaryKey(),
    /** The eight characters that the screen shows. */
    code: varchar('code', { length: 8 }).notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** What it became. */
    restaurantId: integer('restaurant_id'),
    deviceId: integer('device_id'),
    createdAt: createdAt(),
  },
  (t) => [
    // approvePairing: a code names one waiting screen.
    unique('device_pairings_code').on(t.code),
    check('device_pairings_code_form', sql`${t.code} ~ '^[0-9A-Z]{8}$'`),
  ],
)
