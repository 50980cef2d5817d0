import { request as newRequest, type Page } from '@playwright/test'
import { ask, makeApiKey, makeDevice } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { isAlive, nameField, saveButton, saved, summary } from './form'
import { isLive } from './wall'

let count = 0
const unusedSlug = (word: string) => `${word}-${Date.now().toString(36)}${count++}`

const slugField = (page: Page) => page.getByLabel('In addresses')

async function makeRestaurant(slug: string): Promise<number> {
  const [made] = await ask<{ id: number }>(
    `insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
     values ($1, $2, '', '', '11:00', '23:00', 'Europe/Berlin') returning id`,
    [`Trattoria ${slug}`, slug],
  )
  return made?.id ?? 0
}

async function renameSlug(page: Page, id: number, slug: string): Promise<void> {
  await page.goto(`/admin/restaurants/${id}`)
  await isAlive(page)
  await slugField(page).fill(slug)
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
}

test('a restaurant is made, sells the menu at once, and is closed with what depends on it said first', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/admin/restaurants/new')
  await isAlive(page)
  const slug = unusedSlug('made')
  await nameField(page).fill(`Trattoria ${slug}`)
  await slugField(page).fill('Alerts!')
  await page.getByLabel('Due after', { exact: true }).fill('12')
  await page.keyboard.press('Control+s')
  await expect(summary(page)).toBeFocused()
  await expect(summary(page)).toContainText('small letters')
  await expect(summary(page)).toContainText('late only after it was due')
  await expect(summary(page)).toContainText('Choose a time zone')
  await expectAccessible(page)
  await slugField(page).fill(slug)
  await page.getByLabel('Late after', { exact: true }).fill('20')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByLabel('Due after, Delivery').fill('30')
  await page.getByLabel('Late after, Delivery').fill('45')
  await page.keyboard.press('Control+s')
  await page.waitForURL(/restaurants\/\d+$/)
  const id = Number(page.url().split('/').at(-1))
  expect(
    await ask(
      'select channel, amber_minutes as amber, red_minutes as red from age_thresholds where restaurant_id = $1',
      [id],
    ),
  ).toEqual([{ channel: 'delivery', amber: 30, red: 45 }])
  await expectAccessible(page)
  expect((await page.request.get(`/m/${slug}`)).status()).toBe(200)
  expect((await page.request.get(`/kitchen/${slug}`)).status()).toBe(200)

  await makeDevice(slug, 'Pass')
  await page.reload()
  await expect(page.getByText('Now it has 1 screen: they are cut off at once.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Active' }).uncheck()
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  await expect.poll(async () => (await page.request.get(`/m/${slug}`)).status()).toBe(404)
  expect((await page.request.get(`/kitchen/${slug}`)).status()).toBe(404)
})

test('an address that was given up leads everybody to the present one until another restaurant takes it', async ({
  page,
  login,
  baseURL,
}) => {
  await login('admin')
  const [first, second] = [unusedSlug('first'), unusedSlug('second')]
  const id = await makeRestaurant(first)
  const key = await makeApiKey(first, 'till')
  const { cookie } = await makeDevice(first, 'Pass')
  await renameSlug(page, id, second)
  const leadsTo = async (url: string) => {
    const answer = await page.request.get(url, { maxRedirects: 0 })
    return [answer.status(), answer.headers().location]
  }
  expect(await leadsTo(`/m/${first}`)).toEqual([308, `/m/${second}`])
  expect(await leadsTo(`/kitchen/${first}`)).toEqual([307, `/kitchen/${second}`])
  expect(await leadsTo(`/orders/${first}/new`)).toEqual([307, `/orders/${second}/new`])
  expect(await leadsTo(`/menu?restaurant=${first}&page=2`)).toEqual([
    307,
    `/menu?restaurant=${second}&page=2`,
  ])
  expect(await leadsTo(`/recipes?stock=${first}`)).toEqual([307, `/recipes?stock=${second}`])

  const screen = await newRequest.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { cookie: `brigade_device=${cookie}` },
  })
  const asScreen = await screen.get(`/kitchen/${first}`, { maxRedirects: 0 })
  expect([asScreen.status(), asScreen.headers().location]).toEqual([307, `/kitchen/${second}`])
  // A wall that is open keeps its contact.
  expect((await screen.fetch(`/api/kitchen/${first}/events`, { method: 'HEAD' })).status()).toBe(200)
  await screen.dispose()

  const till = await newRequest.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  })
  expect((await till.get('/api/v1/menu')).status()).toBe(200)
  // Who may not see the restaurant does not learn of its name either.
  const stranger = await till.get(`/kitchen/${first}`, { maxRedirects: 0 })
  expect(stranger.headers().location).toMatch(/^\/sign-in/)
  await till.dispose()

  const other = await makeRestaurant(unusedSlug('other'))
  await renameSlug(page, other, first)
  await expect.poll(async () => (await leadsTo(`/m/${first}`))[0]).toBe(200)
  expect((await leadsTo(`/kitchen/${first}`))[0]).toBe(200)
  await renameSlug(page, id, unusedSlug('third'))
  await page.goto(`/admin/restaurants/${id}`)
  await isAlive(page)
  await slugField(page).fill(first)
  await saveButton(page).click()
  await expect(summary(page)).toBeFocused()
  await expect(slugField(page)).toHaveAttribute('aria-invalid', 'true')
})

test('a wall shows what was changed in the restaurant’s form without being asked', async ({
  page,
  login,
  browser,
  baseURL,
}) => {
  await login('admin')
  const slug = unusedSlug('walled')
  const id = await makeRestaurant(slug)
  const other = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: await page.context().storageState(),
  })
  const wall = await other.newPage()
  await wall.goto(`/kitchen/${slug}`)
  await isLive(wall)
  await page.goto(`/admin/restaurants/${id}`)
  await isAlive(page)
  await nameField(page).fill(`Renamed ${slug}`)
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  // Sooner than the next beat, which comes every five seconds.
  await expect(wall.getByText(`Renamed ${slug}`).first()).toBeVisible({ timeout: 3000 })
  await other.close()
})

test('orders keep the business day that they were counted for when the day’s end or the zone changes', async ({
  page,
  login,
}) => {
  await login('admin')
  const [tokyo] = await ask<{ id: number }>(`select id from restaurants where slug = 'tokyo'`)
  const days = () =>
    ask(
      'select business_date::text as day, count(*)::int from orders where restaurant_id = $1 group by 1 order by 1',
      [tokyo?.id],
    )
  const before = await days()
  expect(before.length).toBeGreaterThan(0)
  await page.goto(`/admin/restaurants/${tokyo?.id}`)
  await isAlive(page)
  await expect(page.getByLabel('Trading day ends')).toHaveAccessibleDescription(
    /orders that there are keep the day/,
  )
  const was = await page.getByLabel('Trading day ends').inputValue()
  await page.getByLabel('Trading day ends').fill('09:00')
  await page.getByLabel('Time zone').selectOption('America/New_York')
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await days()).toEqual(before)
  await page.getByLabel('Trading day ends').fill(was)
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a restaurant is made and changed', async ({ page, login }) => {
    await login('admin')
    await page.goto('/admin/restaurants/new')
    const slug = unusedSlug('plain')
    await nameField(page).fill('Plain')
    await slugField(page).fill(slug)
    await page.getByRole('button', { name: 'Add restaurant' }).click()
    await expect(summary(page)).toContainText('Choose a time zone')
    await expect(slugField(page)).toHaveValue(slug)
    await page.getByLabel('Time zone').selectOption('Europe/Rome')
    await page.getByRole('button', { name: 'Add restaurant' }).click()
    await page.waitForURL(/restaurants\/\d+$/)
    await page.getByLabel('When stock runs out').selectOption('Refuse the order')
    await page.getByRole('checkbox', { name: 'Confirms orders by itself' }).uncheck()
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
    const [stored] = await ask(
      'select stock_policy as policy, auto_confirm as auto, time_zone as zone from restaurants where slug = $1',
      [slug],
    )
    expect(stored).toEqual({ policy: 'refuse', auto: false, zone: 'Europe/Rome' })
    await page.getByRole('checkbox', { name: 'Active' }).uncheck()
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
  })
})
