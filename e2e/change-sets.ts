import type { Page } from '@playwright/test'
import { type Database, openDatabase } from '@/db/client'
import { publishChangeSet } from '@/db/mutations/publish'
import { findPersonForOperator } from '@/db/queries/access'
import type { AdminScope } from '@/db/testing/admin'
import { chainKey, draftEdit, liveEdit } from '@/db/testing/menu'
import type { MenuItem } from '@/domain/menu-item'
import { chainScope, systemScope } from '@/domain/scope'
import { ask, e2eDatabaseUrl } from './database'

/** Does something to the served menu as the demo chain's admin does in another browser. */
async function asAdmin<T>(work: (db: Database, admin: AdminScope) => Promise<T>): Promise<T> {
  const db = openDatabase(e2eDatabaseUrl(), { max: 1 })
  try {
    const person = await findPersonForOperator(db, systemScope(), { email: 'admin@brigade.example' })
    const scope = person && chainScope(person, 'menu:edit')
    if (!scope) throw new Error('The demo chain has an admin.')
    return await work(db, scope as AdminScope)
  } finally {
    await db.close()
  }
}

/** Edits a dish in the open change set of a name. */
export const draftDish = (name: string, dish: number, patch: Partial<MenuItem>) =>
  asAdmin(async (db, admin) => draftEdit(db, admin, await openSet(name), 'menu_item', chainKey(dish), patch))

/** Edits a dish at once. */
export const editDish = (dish: number, patch: Partial<MenuItem>) =>
  asAdmin((db, admin) => liveEdit(db, admin, 'menu_item', chainKey(dish), patch))

/** Publishes the open change set of a name for the whole chain. */
export const publishSet = (name: string) =>
  asAdmin(async (db, admin) =>
    publishChangeSet(db, admin, { changeSetId: await openSet(name), restaurantIds: null }),
  )

async function openSet(name: string): Promise<number> {
  const [set] = await ask<{ id: number }>(`select id from change_sets where name = $1 and state = 'open'`, [
    name,
  ])
  if (!set) throw new Error(`No open change set is called ${name}.`)
  return set.id
}

/** How a dish stands on a restaurant's guest menu, or null where it does not. */
export async function onGuestMenu(page: Page, restaurant: string, dish: string) {
  const html = await (await page.request.get(`/m/${restaurant}`)).text()
  const at = html.indexOf(`<h3>${dish}</h3>`)
  if (at < 0) return null
  const entry = html.slice(at, html.indexOf('</li>', at))
  return { price: /€[\d.]+/.exec(entry)?.[0], isSoldOut: /sold out/i.test(entry) }
}

/** Begins a change set of a name, after whatever an earlier run left of it was put away. */
export async function freshSet(name: string): Promise<number> {
  await ask(`update change_sets set state = 'discarded' where name = $1 and state = 'open'`, [name])
  const [set] = await ask<{ id: number }>('insert into change_sets (name) values ($1) returning id', [name])
  return set?.id ?? 0
}

/** A dish that the chain offers and no restaurant has anything of its own of. */
export async function plainDish(skip: number): Promise<{ id: number; name: string; price: number }> {
  const [dish] = await ask<{ id: number; name: string; price: number }>(
    `select m.id, m.name, m.price from menu_items m join categories c on c.id = m.category_id and c.is_active
     where m.is_available and not exists (
       select from menu_overrides o where o.menu_item_id = m.id and num_nonnulls(price, is_available, eighty_six_until) > 0
     ) and not exists (select from menu_items n where n.name = m.name and n.id <> m.id)
     order by m.id desc offset $1 limit 1`,
    [skip],
  )
  if (!dish) throw new Error('The demo chain has such a dish.')
  return dish
}
