import { readFileSync } from 'node:fs'
import { type APIRequestContext, request } from '@playwright/test'
import { ask } from './database'
import { expect, type Role, test } from './fixtures'

/**
 * Server actions are posted to by their id, which every page that has a form gives away, so whoever once saw a page may
 * send anything to any of them. Every action of the build is asked, as Next's script asks and as a form without it does.
 */
type Manifest = {
  node: Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>
}

const { node } = JSON.parse(
  readFileSync(`${process.env.BRIGADE_DIST ?? '.next-test'}/server/server-reference-manifest.json`, 'utf8'),
) as Manifest
const actions = Object.entries(node).map(([id, { exportedName, filename, workers }]) => ({
  id,
  name: `${exportedName} of ${filename}`,
  page: pageOf(Object.keys(workers)),
}))

/** The address of a page that knows an action: `app/(staff)/(app)/orders/[restaurant]/page` is `/orders/berlin`. */
function pageOf(workers: readonly string[]): string {
  const [plainest = ''] = [...workers].sort((a, b) => a.split('[').length - b.split('[').length)
  return plainest
    .replace(/^app/, '')
    .replace(/\/page$/, '')
    .replaceAll(/\/\([^/]+\)/g, '')
    .replace('[restaurant]', 'berlin')
    .replaceAll(/\[[^\]]+\]/g, '1')
}

/** Whoever signs in, follows a link or leaves has no session yet, or none to lose. */
const FOR_EVERYBODY = /sign-in\/actions\.ts$|invite\/\[token\]\/actions\.ts$/
const guarded = actions.filter(({ name }) => !FOR_EVERYBODY.test(name))

type Posted = (typeof actions)[number]

const asScript = (
  context: APIRequestContext,
  { id, page }: Posted,
  input: unknown,
  headers: Record<string, string>,
) =>
  context.post(page, {
    headers: { ...headers, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
    data: JSON.stringify([input]),
    maxRedirects: 0,
  })

const asForm = (context: APIRequestContext, { id, page }: Posted, headers: Record<string, string>) =>
  context.post(page, {
    headers,
    multipart: { [`$ACTION_ID_${id}`]: '', id: '1', restaurant: 'berlin', name: 'Posted' },
    maxRedirects: 0,
  })

/** All that people and tills can change; sign-in attempts and when a session was last seen are not among it. */
const TABLES = [
  'restaurants',
  'age_thresholds',
  'former_slugs',
  'categories',
  'suppliers',
  'ingredients',
  'recipes',
  'recipe_ingredients',
  'menu_items',
  'menu_overrides',
  'change_sets',
  'change_set_edits',
  'publications',
  'users',
  'memberships',
  'api_keys',
  'devices',
  'orders',
  'order_items',
  'order_events',
  'stock_movements',
  'audit_log',
]
/** But for when somebody was seen last: the tests that only look sign in beside this one. */
const everything = () =>
  ask(
    `${TABLES.map(
      (table) =>
        `select '${table}' as name, count(*)::int, coalesce(sum(hashtext((to_jsonb(t) - 'last_seen_at')::text)::bigint), 0)::text as hash from ${table} t`,
    ).join(' union all ')} order by name`,
  )

const contextOf = async (baseURL: string | undefined, storageState?: object) =>
  request.newContext({ baseURL: baseURL ?? '', ...(storageState && { storageState: storageState as never }) })

/** A record that would be saved, were it an admin's. */
const RECORDS = ['saveCategory', 'saveSupplier', 'saveIngredient', 'saveRestaurant']
const INPUT = {
  id: '1',
  base: 'null',
  name: 'Posted directly',
  description: '',
  isActive: 'on',
  sortOrder: '1',
  contactPerson: '',
  phone: '',
  email: '',
  address: '',
  rating: '5',
  leadTimeDays: '1',
  orderDays: { mon: 'on' },
  unit: 'kg',
  unitPrice: '1',
  supplierId: '1',
  packSize: '1',
  minimum: '1',
  storageArea: 'dry',
  minimumOrder: '',
  slug: 'posted-directly',
  openingTime: '11:00',
  closingTime: '22:00',
  timeZone: 'Europe/Berlin',
  dayCutoff: '04:00',
  stockPolicy: 'warn',
  ages: { amber: '5', red: '10' },
}

test('whoever is not signed in, comes from elsewhere or says nothing of where from, changes nothing by any action', async ({
  page,
  login,
  baseURL,
}) => {
  expect(guarded.length).toBeGreaterThan(20)
  await login('admin')
  const nobody = await contextOf(baseURL)
  const admin = await contextOf(baseURL, await page.context().storageState())
  const own = { origin: baseURL ?? '' }
  const before = await everything()
  const typed = { restaurant: 'berlin', id: 1 }
  for (const action of guarded) {
    const { name } = action
    const unsigned = await (await asScript(nobody, action, typed, own)).text()
    // Walls ask what is wanted before they ask who wants it.
    expect(unsigned, name).toMatch(/"reason":"(signed_out|no_wall|invalid)"/)
    const foreign = await asScript(admin, action, typed, { origin: 'https://evil.example' })
    expect(foreign.status(), name).toBe(403)
    const silent = await asScript(admin, action, typed, {})
    expect(await silent.text(), name).toContain('"reason":"foreign_origin"')
    for (const [context, headers] of [
      [nobody, own],
      [admin, { origin: 'https://evil.example' }],
      [admin, {}],
    ] as const)
      expect((await asForm(context, action, headers)).status(), name).toBeLessThan(500)
  }
  expect(await everything()).toEqual(before)
  await nobody.dispose()
  await admin.dispose()
})

for (const role of ['kitchen', 'manager'] as const satisfies Role[]) {
  test(`${role} saves no record, however well-formed what is posted`, async ({ page, login, baseURL }) => {
    await login(role)
    const context = await contextOf(baseURL, await page.context().storageState())
    const before = await everything()
    const records = guarded.filter(({ name }) => RECORDS.some((record) => name.startsWith(record)))
    expect(records).toHaveLength(RECORDS.length)
    for (const action of records) {
      const answer = await asScript(context, action, INPUT, { origin: baseURL ?? '' })
      expect(await answer.text(), action.name).toContain('"reason":"forbidden"')
    }
    expect(await everything()).toEqual(before)
    await context.dispose()
  })
}
