import { parse } from 'csv-parse/sync'
import { ask } from './database'
import { expect, test } from './fixtures'
import { tabTo } from './form'
import { orderFor } from './guest-order'

/** What of a figure can be compared however it is written: its digits. */
const digits = (text: string) => text.replace(/\D/g, '')

test('the overview follows what happens, finds a restaurant as one types and says when none is called so', async ({
  page,
  login,
  baseURL,
}) => {
  await login('admin')
  await page.goto('/overview')
  const tokyo = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Tokyo', exact: false }) })
  const open = tokyo.locator('td').first()
  const before = Number(digits(((await open.textContent()) ?? '').split(/\s/).at(-1) ?? ''))
  await orderFor(`Overview ${Date.now()}`, baseURL ?? '')
  // As when one comes back to the tab: it asks at once.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(open).toContainText(String(before + 1))

  const search = page.getByLabel('Search restaurants')
  await search.fill('tók')
  await expect(page.locator('tbody tr:visible')).toHaveCount(1)
  await expect(page).toHaveURL(/q=t%C3%B3k/)
  await search.fill('atlantis')
  await expect(page.getByText('No restaurant is called like this.')).toBeVisible()
  await page.reload()
  await expect(search).toHaveValue('atlantis')
  await search.fill('')
  await expect(tokyo).toBeVisible()
})

test('with the keyboard one goes from range to range, and the file has the figures of the page', async ({
  page,
  login,
}) => {
  await login('manager')
  await page.goto('/reports/berlin')
  const range = page.getByRole('navigation', { name: 'Range' })
  const report = page.locator('main .gives-way')
  let arrive = () => {}
  const underway = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const isReport = (url: URL) => url.pathname === '/reports/berlin'
  await page.route(isReport, async (route) => {
    await underway
    await route.continue()
  })
  await tabTo(page, range.getByRole('link', { name: 'Last month' }))
  await page.keyboard.press('Enter')
  await expect(report, 'what is no longer asked for fades').toHaveCSS('opacity', '0.45')
  arrive()
  await expect(report).toHaveCSS('opacity', '1')
  await page.unroute(isReport)
  await expect(range.getByRole('link', { name: 'Last month' })).toHaveAttribute('aria-current', 'true')
  await tabTo(page, range.getByRole('link', { name: 'The month before' }))
  await page.keyboard.press('Enter')
  await expect(range.locator('[aria-current]')).toHaveCount(0)

  const [days] = await ask<{ from: string; to: string }>(
    `select to_char(current_date - 12, 'YYYY-MM-DD') as from, to_char(current_date - 3, 'YYYY-MM-DD') as to`,
  )
  await page.getByLabel('From', { exact: true }).fill(days?.from ?? '')
  await page.getByLabel('To', { exact: true }).fill(days?.to ?? '')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`from=${days?.from}&to=${days?.to}`))
  const table = page.getByRole('region', { name: 'Revenue and orders by day' })
  await expect(table.getByRole('row')).toHaveCount(11)

  const shown = await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.textContent ?? '')),
    )
  const href = await page.getByRole('link', { name: 'CSV of Revenue and orders' }).getAttribute('href')
  const file = await page.request.get(href ?? '')
  expect(file.headers()['content-type']).toContain('text/csv')
  const rows = parse(await file.text(), { bom: true, columns: true }) as Record<string, string>[]
  expect(
    rows.map(({ orders = '', revenue = '' }) => [orders, String(Math.round(Number(revenue) * 100))]),
  ).toEqual(shown.map(([orders = '', revenue = '']) => [digits(orders), digits(revenue)]))
  expect(rows.some(({ orders }) => Number(orders) > 0)).toBe(true)

  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await tabTo(page, page.getByRole('button', { name: 'Print' }))
  await page.keyboard.press('Enter')
  await expect(page.locator('body')).toHaveAttribute('data-printed')
  const title = page.getByRole('heading', { level: 1 })
  await page.emulateMedia({ colorScheme: 'light', media: 'print' })
  const ink = await title.evaluate((heading) => getComputedStyle(heading).color)
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  await expect(title, 'dark on white paper, by night too').toHaveCSS('color', ink)
})

test('without JavaScript dates are a form, and a restaurant is chosen with a button', async ({
  browser,
  page,
  login,
}) => {
  await login('manager')
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const plain = await context.newPage()
  await plain.goto('/reports')
  await plain.getByLabel('From', { exact: true }).fill('2019-01-07')
  await plain.getByLabel('To', { exact: true }).fill('2019-01-13')
  await plain.getByRole('button', { name: 'Show' }).last().click()
  await expect(plain.getByText('Nobody ordered in these days')).toBeVisible()
  await plain.getByLabel('Restaurant', { exact: true }).selectOption('london')
  await plain.getByRole('button', { name: 'Show' }).first().click()
  await expect(plain).toHaveURL(/\/reports\/london\?from=2019-01-07&to=2019-01-13$/)
  await context.close()
})
