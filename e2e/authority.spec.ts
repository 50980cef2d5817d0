import { type APIRequestContext, request } from '@playwright/test'
import { ask, makeApiKey, makeDevice } from './database'
import { expect, type Role, test } from './fixtures'
import { appRoutes } from './routes'

/**
 * Who may open what. In the demo chain the kitchen works in Berlin and the manager in Berlin and London, so Tokyo is
 * foreign to both; the device is a screen that is paired with Berlin. A route that is not listed here fails the first
 * test. `:device` in a URL is that screen's id, `:changes` an open change set's.
 */
type Who = 'nobody' | 'device' | Role
type Case = { url: string; head?: true; answers: Record<Who, number> }

const everybody = (status: number): Case['answers'] => ({
  nobody: status,
  device: status,
  kitchen: status,
  manager: status,
  admin: status,
})
const signedIn: Case['answers'] = { nobody: 307, device: 307, kitchen: 200, manager: 200, admin: 200 }
const foreign: Case['answers'] = { nobody: 307, device: 307, kitchen: 404, manager: 404, admin: 200 }
const unknown: Case['answers'] = { nobody: 307, device: 307, kitchen: 404, manager: 404, admin: 404 }
const managers: Case['answers'] = { nobody: 307, device: 307, kitchen: 404, manager: 200, admin: 200 }
const admins: Case['answers'] = { nobody: 307, device: 307, kitchen: 404, manager: 404, admin: 200 }
const keyOnly = everybody(401)
/** The one page of a paired screen. */
const wall: Case['answers'] = { ...signedIn, device: 200 }
const wallData: Case['answers'] = { ...everybody(200), nobody: 401 }
const foreignWallData: Case['answers'] = { ...everybody(404), nobody: 401, device: 401, admin: 200 }

/** Redirects of `next.config.ts`, which have no file. */
const REDIRECTS: Case[] = [{ url: '/', answers: everybody(307) }]

const MATRIX: Record<string, Case[]> = {
  '/about': [{ url: '/about', answers: signedIn }],
  '/overview': [{ url: '/overview', answers: signedIn }],
  '/menu': [
    { url: '/menu', answers: signedIn },
    { url: '/menu?restaurant=berlin', answers: signedIn },
    { url: '/menu?restaurant=tokyo', answers: foreign },
    { url: '/menu?restaurant=nowhere', answers: unknown },
  ],
  '/menu/changes': [{ url: '/menu/changes', answers: admins }],
  '/menu/changes/[id]': [
    { url: '/menu/changes/:changes', answers: admins },
    { url: '/menu/changes/999999999', answers: unknown },
    { url: '/menu/changes/1e1', answers: unknown },
  ],
  '/menu/changes/[id]/preview': [
    { url: '/menu/changes/:changes/preview?restaurant=berlin', answers: admins },
    { url: '/menu/changes/:changes/preview?restaurant=nowhere', answers: unknown },
    { url: '/menu/changes/:changes/preview', answers: unknown },
    { url: '/menu/changes/999999999/preview?restaurant=berlin', answers: unknown },
  ],
  '/menu/new': [
    { url: '/menu/new', answers: admins },
    { url: '/menu/new?from=1', answers: admins },
  ],
  '/menu/recipe': [{ url: '/menu/recipe?q=to', answers: admins }],
  '/menu/[id]': [
    { url: '/menu/1', answers: admins },
    { url: '/menu/999999999', answers: unknown },
    { url: '/menu/1e1', answers: unknown },
  ],
  '/menu/change': [
    { url: '/menu/change', answers: admins },
    { url: '/menu/change?of=all&what=percent&by=5', answers: admins },
  ],
  // What each finds there: e2e/palette.spec.ts.
  '/find': [
    { url: '/find?q=berlin', answers: { ...everybody(200), nobody: 401, device: 401 } },
    { url: "/find?q='%00%F0;--", answers: { ...everybody(200), nobody: 401, device: 401 } },
  ],
  '/kitchen': [{ url: '/kitchen', answers: { ...signedIn, kitchen: 307 } }],
  '/kitchen/[restaurant]': [
    { url: '/kitchen/berlin', answers: wall },
    { url: '/kitchen/tokyo', answers: foreign },
    { url: '/kitchen/nowhere', answers: unknown },
  ],
  '/kitchen/[restaurant]/dishes': [
    { url: '/kitchen/berlin/dishes', answers: wallData },
    { url: '/kitchen/tokyo/dishes', answers: foreignWallData },
  ],
  '/kitchen/[restaurant]/bumped': [
    { url: '/kitchen/berlin/bumped', answers: wallData },
    { url: '/kitchen/tokyo/bumped', answers: foreignWallData },
  ],
  // For people who may 86; a paired screen may not.
  '/kitchen/[restaurant]/suggestions': [
    { url: '/kitchen/berlin/suggestions', answers: { ...everybody(200), nobody: 401, device: 401 } },
    { url: '/kitchen/tokyo/suggestions', answers: foreignWallData },
  ],
  '/orders': [{ url: '/orders', answers: { ...signedIn, kitchen: 307 } }],
  '/orders/[restaurant]': [
    { url: '/orders/berlin', answers: signedIn },
    { url: '/orders/tokyo', answers: foreign },
    { url: '/orders/nowhere', answers: unknown },
  ],
  '/orders/[restaurant]/new': [
    { url: '/orders/berlin/new', answers: signedIn },
    { url: '/orders/tokyo/new', answers: foreign },
    { url: '/orders/nowhere/new', answers: unknown },
  ],
  '/orders/[restaurant]/new/menu': [
    { url: '/orders/berlin/new/menu', answers: signedIn },
    { url: '/orders/tokyo/new/menu', answers: foreign },
    { url: '/orders/nowhere/new/menu', answers: unknown },
  ],
  '/orders/[restaurant]/left-open': [
    { url: '/orders/berlin/left-open', answers: signedIn },
    { url: '/orders/tokyo/left-open', answers: foreign },
    { url: '/orders/nowhere/left-open', answers: unknown },
  ],
  // Orders that there are: e2e/orders.spec.ts.
  '/orders/[restaurant]/[id]': [
    { url: '/orders/berlin/018f0000-0000-7000-8000-000000000000', answers: unknown },
    { url: '/orders/berlin/no-id', answers: unknown },
    { url: '/orders/tokyo/018f0000-0000-7000-8000-000000000000', answers: unknown },
  ],
  '/recipes': [
    { url: '/recipes', answers: signedIn },
    { url: '/recipes?stock=berlin', answers: signedIn },
    { url: '/recipes?stock=tokyo', answers: foreign },
    { url: '/recipes?stock=nowhere', answers: unknown },
  ],
  '/recipes/[id]': [
    { url: '/recipes/1', answers: signedIn },
    { url: '/recipes/999999999', answers: unknown },
    { url: '/recipes/1e1', answers: unknown },
  ],
  '/recipes/[id]/edit': [
    { url: '/recipes/1/edit', answers: admins },
    { url: '/recipes/999999999/edit', answers: unknown },
    { url: '/recipes/1e1/edit', answers: unknown },
  ],
  '/recipes/new': [
    { url: '/recipes/new', answers: admins },
    { url: '/recipes/new?from=1', answers: admins },
    { url: '/recipes/new?from=999999999', answers: unknown },
    { url: '/recipes/new?from=x', answers: unknown },
  ],
  '/recipes/cuisines': [{ url: '/recipes/cuisines', answers: signedIn }],
  '/inventory': [
    { url: '/inventory', answers: { ...everybody(307), kitchen: 404 } },
    { url: '/inventory?restaurant=tokyo', answers: { ...everybody(307), kitchen: 404 } },
  ],
  '/inventory/[restaurant]': [
    { url: '/inventory/berlin', answers: managers },
    { url: '/inventory/tokyo', answers: foreign },
    { url: '/inventory/nowhere', answers: unknown },
  ],
  '/inventory/[restaurant]/counts': [
    { url: '/inventory/berlin/counts', answers: managers },
    { url: '/inventory/tokyo/counts', answers: foreign },
    { url: '/inventory/nowhere/counts', answers: unknown },
  ],
  '/inventory/[restaurant]/waste': [
    { url: '/inventory/berlin/waste', answers: managers },
    { url: '/inventory/tokyo/waste', answers: foreign },
    { url: '/inventory/nowhere/waste', answers: unknown },
  ],
  '/inventory/[restaurant]/transfers': [
    { url: '/inventory/berlin/transfers', answers: managers },
    { url: '/inventory/tokyo/transfers', answers: foreign },
    { url: '/inventory/nowhere/transfers', answers: unknown },
  ],
  '/inventory/[restaurant]/variance': [
    { url: '/inventory/berlin/variance', answers: managers },
    { url: '/inventory/tokyo/variance', answers: foreign },
    { url: '/inventory/nowhere/variance', answers: unknown },
  ],
  '/inventory/[restaurant]/ingredients/[ingredient]': [
    { url: '/inventory/berlin/ingredients/1', answers: managers },
    { url: '/inventory/tokyo/ingredients/1', answers: foreign },
    { url: '/inventory/berlin/ingredients/999999999', answers: unknown },
    { url: '/inventory/berlin/ingredients/1e1', answers: unknown },
  ],
  // Counts that there are: e2e/stock.spec.ts.
  '/inventory/[restaurant]/counts/[count]': [
    { url: '/inventory/berlin/counts/018f0000-0000-7000-8000-000000000000', answers: unknown },
    { url: '/inventory/berlin/counts/no-id', answers: unknown },
  ],
  '/inventory/[restaurant]/counts/[count]/differences': [
    { url: '/inventory/berlin/counts/018f0000-0000-7000-8000-000000000000/differences', answers: unknown },
  ],
  '/inventory/[restaurant]/orders': [
    { url: '/inventory/berlin/orders', answers: managers },
    { url: '/inventory/berlin/orders?status=sent&before=9', answers: managers },
    { url: '/inventory/tokyo/orders', answers: foreign },
    { url: '/inventory/nowhere/orders', answers: unknown },
  ],
  // Orders that there are, also of another restaurant: e2e/purchasing.spec.ts.
  '/inventory/[restaurant]/orders/[id]': [
    { url: '/inventory/berlin/orders/018f0000-0000-7000-8000-000000000000', answers: unknown },
    { url: '/inventory/berlin/orders/no-id', answers: unknown },
    { url: '/inventory/tokyo/orders/018f0000-0000-7000-8000-000000000000', answers: unknown },
  ],
  '/inventory/alerts': [{ url: '/inventory/alerts', answers: managers }],
  '/reports': [
    { url: '/reports', answers: managers },
    { url: '/reports?restaurant=berlin', answers: { ...everybody(307), kitchen: 404 } },
    { url: '/reports?restaurant=tokyo', answers: { ...foreign, admin: 307 } },
    { url: '/reports?restaurant=nowhere', answers: unknown },
  ],
  '/reports/[restaurant]': [
    { url: '/reports/berlin', answers: managers },
    { url: '/reports/berlin?from=2026-02-30&to=%00', answers: managers },
    { url: '/reports/tokyo', answers: foreign },
    { url: '/reports/nowhere', answers: unknown },
  ],
  // Customers that there are, also of another restaurant: db/queries/customers.test.ts.
  '/customers': [
    { url: '/customers', answers: managers },
    { url: "/customers?q='%00%F0;--", answers: managers },
  ],
  '/customers/[id]': [
    { url: '/customers/999999999', answers: unknown },
    { url: '/customers/1e1', answers: unknown },
  ],
  '/sign-in': [{ url: '/sign-in', answers: { ...everybody(307), nobody: 200, device: 200 } }],
  '/admin': [{ url: '/admin', answers: { ...everybody(307), kitchen: 404 } }],
  '/admin/categories': [{ url: '/admin/categories', answers: admins }],
  '/admin/categories/new': [{ url: '/admin/categories/new', answers: admins }],
  '/admin/categories/[id]': [
    { url: '/admin/categories/1', answers: admins },
    { url: '/admin/categories/999999999', answers: unknown },
    { url: '/admin/categories/1e1', answers: unknown },
  ],
  '/admin/people': [
    { url: '/admin/people', answers: admins },
    { url: '/admin/people?restaurant=tokyo', answers: admins },
    { url: '/admin/people?restaurant=nowhere', answers: unknown },
  ],
  '/admin/people/new': [{ url: '/admin/people/new', answers: admins }],
  '/admin/people/[id]': [
    { url: '/admin/people/1', answers: admins },
    { url: '/admin/people/999999999', answers: unknown },
    { url: '/admin/people/1e0', answers: unknown },
  ],
  '/admin/restaurants': [{ url: '/admin/restaurants', answers: admins }],
  '/admin/restaurants/new': [{ url: '/admin/restaurants/new', answers: admins }],
  '/admin/restaurants/[id]': [
    { url: '/admin/restaurants/1', answers: admins },
    { url: '/admin/restaurants/999999999', answers: unknown },
    { url: '/admin/restaurants/1e1', answers: unknown },
  ],
  '/admin/ingredients': [{ url: '/admin/ingredients', answers: admins }],
  '/admin/ingredients/new': [{ url: '/admin/ingredients/new', answers: admins }],
  '/admin/ingredients/[id]': [
    { url: '/admin/ingredients/1', answers: admins },
    { url: '/admin/ingredients/999999999', answers: unknown },
    { url: '/admin/ingredients/1e1', answers: unknown },
  ],
  '/admin/suppliers': [{ url: '/admin/suppliers', answers: admins }],
  '/admin/suppliers/new': [{ url: '/admin/suppliers/new', answers: admins }],
  '/admin/suppliers/[id]': [
    { url: '/admin/suppliers/1', answers: admins },
    { url: '/admin/suppliers/999999999', answers: unknown },
    { url: '/admin/suppliers/1e1', answers: unknown },
  ],
  '/admin/api-keys': [
    { url: '/admin/api-keys', answers: admins },
    { url: '/admin/api-keys?restaurant=tokyo', answers: admins },
    { url: '/admin/api-keys?restaurant=nowhere', answers: unknown },
  ],
  '/admin/audit': [
    { url: '/admin/audit', answers: admins },
    { url: '/admin/audit?kind=menu_item&id=1&by=a&q=b&time=week', answers: admins },
  ],
  '/admin/imports': [{ url: '/admin/imports', answers: admins }],
  '/admin/imports/[id]': [{ url: '/admin/imports/999999999', answers: unknown }],
  '/admin/imports/[id]/progress': [{ url: '/admin/imports/999999999/progress', answers: admins }],
  '/admin/imports/[id]/refused.csv': [{ url: '/admin/imports/999999999/refused.csv', answers: unknown }],
  '/admin/imports/template/[kind]': [
    { url: '/admin/imports/template/menu_item', answers: admins },
    { url: '/admin/imports/template/order', answers: unknown },
  ],
  // Takes nothing but POST: e2e/imports.spec.ts.
  '/admin/imports/upload': [],
  '/exports/[list]': [
    { url: '/exports/menu', answers: signedIn },
    { url: '/exports/menu?restaurant=tokyo', answers: foreign },
    { url: '/exports/recipes', answers: signedIn },
    { url: '/exports/orders?restaurant=berlin', answers: signedIn },
    { url: '/exports/orders?restaurant=tokyo', answers: foreign },
    { url: '/exports/orders', answers: unknown },
    { url: '/exports/alerts', answers: managers },
    { url: '/exports/alerts?restaurant=tokyo', answers: foreign },
    { url: '/exports/stock?restaurant=berlin', answers: managers },
    { url: '/exports/stock?restaurant=tokyo', answers: foreign },
    { url: '/exports/stock', answers: unknown },
    { url: '/exports/purchase-order?restaurant=berlin&order=no-id', answers: unknown },
    { url: '/exports/purchase-order?restaurant=tokyo', answers: unknown },
    { url: '/exports/purchase-order', answers: unknown },
    ...['dishes', 'ingredients', 'suppliers', 'categories', 'people', 'restaurants', 'audit'].map((list) => ({
      url: `/exports/${list}`,
      answers: admins,
    })),
    ...['days', 'hours', 'dishes', 'food-cost', 'waste', 'stations', 'restaurants'].flatMap((part) => [
      { url: `/exports/report-${part}`, answers: managers },
      { url: `/exports/report-${part}?restaurant=tokyo`, answers: foreign },
    ]),
    { url: '/exports/secrets', answers: everybody(404) },
    { url: '/exports/constructor', answers: everybody(404) },
  ],
  '/admin/devices': [
    { url: '/admin/devices', answers: managers },
    { url: '/admin/devices?restaurant=london', answers: managers },
    { url: '/admin/devices?restaurant=tokyo', answers: foreign },
    { url: '/admin/devices?restaurant=nowhere', answers: unknown },
  ],
  '/admin/table-cards': [
    { url: '/admin/table-cards', answers: managers },
    { url: '/admin/table-cards?at=berlin&at=london&tables=3', answers: managers },
    { url: '/admin/table-cards?at=berlin&at=tokyo', answers: foreign },
    { url: '/admin/table-cards?at=nowhere', answers: unknown },
  ],
  '/admin/devices/[restaurant]/[device]': [
    { url: '/admin/devices/berlin/:device', answers: managers },
    { url: '/admin/devices/london/:device', answers: unknown },
    { url: '/admin/devices/tokyo/:device', answers: unknown },
    { url: '/admin/devices/berlin/1e9', answers: unknown },
  ],
  '/database': [{ url: '/database', answers: admins }],
  // Statements that there are: e2e/database-page.spec.ts.
  '/database/statements/[id]': [
    { url: '/database/statements/1', answers: unknown },
    { url: '/database/statements/99999999999999999999', answers: unknown },
    { url: '/database/statements/1e1', answers: unknown },
  ],
  '/pair': [{ url: '/pair', answers: everybody(307) }],
  '/pair/next': [{ url: '/pair/next', answers: everybody(307) }],
  '/pair/state': [{ url: '/pair/state', answers: everybody(200) }],
  '/invite/[token]': [{ url: '/invite/not-a-token', answers: everybody(200) }],
  '/m/[restaurant]': [
    { url: '/m/berlin', answers: everybody(200) },
    { url: '/m/nowhere', answers: everybody(404) },
  ],
  '/photos/[file]': [
    { url: `/photos/${'0'.repeat(64)}-320.webp`, answers: everybody(404) },
    { url: '/photos/..%2Fsecrets.json', answers: everybody(404) },
  ],
  '/readyz': [{ url: '/readyz', answers: everybody(200) }],
  '/api/v1/orders/[id]': [{ url: '/api/v1/orders/018f0000-0000-7000-8000-000000000000', answers: keyOnly }],
  '/api/v1/orders': [],
  '/api/v1/orders/[id]/cancel': [],
  '/api/kitchen/[restaurant]/moves': [],
  // Asked for its head only: the stream itself never ends.
  '/api/kitchen/[restaurant]/events': [
    { url: '/api/kitchen/berlin/events', head: true, answers: { ...everybody(200), nobody: 401 } },
    {
      url: '/api/kitchen/tokyo/events',
      head: true,
      answers: { ...everybody(404), nobody: 401, device: 401, admin: 200 },
    },
    {
      url: '/api/kitchen/nowhere/events',
      head: true,
      answers: { ...everybody(404), nobody: 401, device: 401 },
    },
  ],
  '/api/v1/menu': [{ url: '/api/v1/menu', answers: keyOnly }],
  '/api/v1/openapi.json': [{ url: '/api/v1/openapi.json', answers: everybody(200) }],
  '/developers': [{ url: '/developers', answers: everybody(200) }],
}

const PRINCIPALS: Who[] = ['nobody', 'device', 'kitchen', 'manager', 'admin']

test('every page and route handler is listed in the authority matrix', () => {
  expect(Object.keys(MATRIX).sort()).toEqual(appRoutes())
})

let device: Awaited<ReturnType<typeof makeDevice>>
let changes: number
test.beforeAll(async () => {
  device = await makeDevice('berlin', 'Authority')
  changes = await openChangeSet('Authority')
})

/** An open change set, empty. */
async function openChangeSet(name: string): Promise<number> {
  await ask(`update change_sets set state = 'discarded' where name = $1 and state = 'open'`, [name])
  const [set] = await ask<{ id: number }>('insert into change_sets (name) values ($1) returning id', [name])
  return set?.id ?? 0
}

for (const who of PRINCIPALS) {
  test(`${who} gets exactly what the authority matrix says`, async ({ page, login, baseURL }) => {
    if (who !== 'nobody' && who !== 'device') await login(who)
    const context = await request.newContext({
      baseURL: baseURL ?? '',
      storageState: await page.context().storageState(),
      ...(who === 'device' && { extraHTTPHeaders: { cookie: `brigade_device=${device.cookie}` } }),
    })
    const answered: [string, number][] = []
    const expected: [string, number][] = []
    for (const { url, head, answers } of [...REDIRECTS, ...Object.values(MATRIX).flat()]) {
      expected.push([url, answers[who]])
      const asked = url.replace(':device', String(device.id)).replace(':changes', String(changes))
      answered.push([url, await statusOf(context, asked, head)])
    }
    expect(answered).toEqual(expected)
    await context.dispose()
  })
}

test('a paired screen is led to its wall, to sign in from every other page, and to pair again once it is revoked', async ({
  baseURL,
}) => {
  const { id, cookie } = await makeDevice('berlin', 'Led')
  const context = await request.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { cookie: `brigade_device=${cookie}` },
  })
  const leadsTo = async (url: string) => (await context.get(url, { maxRedirects: 0 })).headers().location
  expect(await leadsTo('/pair')).toBe('/kitchen/berlin')
  expect(await leadsTo('/pair/next')).toBe('/kitchen/berlin')
  for (const url of ['/overview', '/menu?restaurant=berlin', '/kitchen/london', '/admin/devices']) {
    expect(await leadsTo(url)).toBe(`/sign-in?next=${encodeURIComponent(url)}`)
  }
  // What it sends is no press, so nothing moves; but it may press in Berlin.
  const press = async (url: string) =>
    (await context.post(url, { data: {}, headers: { origin: baseURL ?? '' } })).status()
  expect(await press('/api/kitchen/berlin/moves')).toBe(422)
  expect(await press('/api/kitchen/london/moves')).toBe(401)
  expect(await press('/api/v1/orders')).toBe(401)
  await ask('update devices set revoked_at = now() where id = $1', [id])
  expect(await press('/api/kitchen/berlin/moves')).toBe(401)
  expect(await leadsTo('/kitchen/berlin')).toBe('/pair')
  expect(await leadsTo('/menu')).toBe('/sign-in?next=%2Fmenu')
  await context.dispose()
})

const statusOf = async (context: APIRequestContext, url: string, head = false): Promise<number> =>
  (await context.fetch(url, { method: head ? 'HEAD' : 'GET', maxRedirects: 0 })).status()

test('an API key opens the orders of its own restaurant only, and no page', async ({ baseURL }) => {
  const key = await makeApiKey('berlin', 'authority test')
  const context = await request.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  })
  expect(await statusOf(context, '/api/v1/orders/018f0000-0000-7000-8000-000000000000')).toBe(404)
  expect(await statusOf(context, '/menu')).toBe(307)
  await context.dispose()
})

test('a session that was ended opens nothing any more, at once', async ({ page, login }) => {
  await login('manager', { own: true })
  await page.goto('/about')
  const cookies = await page.context().cookies()
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await page.waitForURL(/sign-in/)
  await page.context().addCookies(cookies)
  await page.goto('/about')
  await expect(page).toHaveURL(/\/sign-in/)
})
