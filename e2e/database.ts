import { randomBytes } from 'node:crypto'
import { test } from '@playwright/test'
import { openDatabase, openSession } from '@/db/client'
import { createApiKey, revokeApiKey } from '@/db/mutations/api-keys'
import { deviceCookie, hashDeviceSecret } from '@/db/queries/access'
import { databaseUrl } from '@/db/testing/templates'
import { RECIPES_TAG } from '@/domain/cache-tags'
import { systemScope } from '@/domain/scope'
import { e2eDatabase } from './database-name'

/** The database that `e2e/server.ts` serves to the test that asks. */
export function e2eDatabaseUrl(): string {
  const maintenanceUrl = process.env.TEST_DATABASE_URL
  if (!maintenanceUrl) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- e2e`.')
  return databaseUrl(maintenanceUrl, e2eDatabase(test.info().project.name))
}

/** Asks the served database directly, for what no screen shows. */
export async function ask<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
  const session = await openSession(e2eDatabaseUrl())
  try {
    return await session.query<Row>(text, params)
  } finally {
    await session.close()
  }
}

/** Changes recipes behind the app's back, and tells it what that made stale, as its own mutations do. */
export async function changeRecipes<Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
  const rows = await ask<Row>(text, params)
  await ask('insert into cache_invalidations (tag) values ($1)', [RECIPES_TAG])
  await ask(`select pg_notify('cache', $1)`, [RECIPES_TAG])
  return rows
}

/** Makes an API key of a restaurant, as `npm run api-key:create` does, and ends those that earlier tests made there. */
export async function makeApiKey(slug: string, name: string): Promise<string> {
  const db = openDatabase(e2eDatabaseUrl(), { max: 1 })
  try {
    const live = await ask<{ name: string }>(
      `select k.name from api_keys k join restaurants r on r.id = k.restaurant_id
       where r.slug = $1 and k.revoked_at is null`,
      [slug],
    )
    for (const old of live) await revokeApiKey(db, systemScope(), { slug, name: old.name })
    const made = await createApiKey(db, systemScope(), { slug, name })
    if (!made.ok) throw new Error(`No key for ${slug}: ${made.reason}.`)
    return made.key
  } finally {
    await db.close()
  }
}

/** A screen that is paired with a restaurant: its id, and the cookie that its browser keeps. */
export async function makeDevice(slug: string, name: string): Promise<{ id: number; cookie: string }> {
  const secret = randomBytes(32).toString('base64url')
  const [made] = await ask<{ id: number; restaurantId: number }>(
    `insert into devices (restaurant_id, name, secret_hash, approved_by)
     select r.id, $2, $3, (select min(id) from users) from restaurants r where r.slug = $1
     returning id, restaurant_id as "restaurantId"`,
    [slug, name, hashDeviceSecret(secret)],
  )
  if (!made) throw new Error(`There is no restaurant ${slug}.`)
  return { id: made.id, cookie: deviceCookie({ ...made, deviceId: made.id, secret }) }
}
