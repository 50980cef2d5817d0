import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, test } from './fixtures'

const rowOf = (page: Page, ingredient: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: ingredient }) })

/** What is low in Berlin and nobody answered, of suppliers from whom nothing is drafted, in the order of names. */
const lowInBerlin = () =>
  ask<{ ingredient: string; supplier: string; unit: string; minimum: string; par: string; onHand: string }>(
    `select i.name as ingredient, p.name as supplier, i.unit, trim_scale(s.minimum) as minimum,
       trim_scale(s.par) as par, trim_scale(s.on_hand) as "onHand"
     from stock_alerts a
     join restaurants r on r.id = a.restaurant_id and r.slug = 'berlin'
     join stock_levels s on s.restaurant_id = a.restaurant_id and s.ingredient_id = a.ingredient_id
     join ingredients i on i.id = a.ingredient_id and i.is_active
     join suppliers p on p.id = i.supplier_id and p.is_active
     where a.kind = 'low' and a.cleared_at is null and a.acknowledged_at is null and s.par > s.minimum + 1
     order by i.name`,
  )

/** The number at Inventory in the navigation, by what is read out. */
async function badge(page: Page): Promise<number> {
  const words = await page
    .getByRole('link', { name: /Inventory$/ })
    .first()
    .textContent()
  return Number(/^\d+/.exec(words ?? '')?.[0] ?? 0)
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).focus()
  await page.keyboard.press('Enter')
}

test('from an alert to a sent order, a delivery in part and the alert clearing, by keyboard', async ({
  page,
  login,
}) => {
  await login('manager')
  const [low] = await lowInBerlin()
  if (!low) throw new Error('Nothing is low in Berlin.')
  await page.goto('/inventory/alerts?restaurant=berlin')
  await expect(rowOf(page, low.ingredient)).toContainText(/Low|OUT/)
  const before = await badge(page)
  expect(before).toBeGreaterThan(0)

  await press(page, `Draft order from ${low.supplier}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(low.supplier)
  const packs = page.getByRole('textbox', { name: `Packs of ${low.ingredient}`, exact: true })
  const proposed = await packs.inputValue()
  expect(Number(proposed)).toBeGreaterThan(0)

  // What can't be read is told, and nothing typed is lost.
  await packs.fill('a few')
  await page.getByLabel(/^Note to/).fill('By the back door')
  await press(page, 'Save draft')
  await expect(page.getByText('Write a whole number of packs')).toBeVisible()
  await expect(packs).toHaveValue('a few')
  await packs.fill(proposed)
  await press(page, /^Send order to/)
  await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('By the back door').first()).toBeVisible()

  // It prints as a letter, and nothing of the page besides.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText(/^Purchase order No\. \d+$/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  const href = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')
  expect(await (await page.request.get(href ?? '')).text()).toContain(low.ingredient)

  const came = page.getByRole('textbox', { name: new RegExp(`^Came of ${low.ingredient}, `) })
  const outstanding = Number.parseFloat(await came.inputValue())
  for (const field of await page.getByRole('textbox', { name: /^Came of/ }).all()) await field.fill('')
  await came.fill(`${(outstanding - 0.5).toFixed(1).replace('.', ',')} stones`)
  await page.getByRole('textbox', { name: new RegExp(`of ${low.ingredient}, EUR$`) }).fill('7,77')
  await press(page, 'Receive delivery')
  await expect(page.getByText(`Write it in ${low.unit}`)).toBeVisible()
  await came.fill(`${(outstanding - 0.5).toFixed(1).replace('.', ',')} ${low.unit}`)
  await press(page, 'Receive delivery')
  await expect(page.getByText('Partly received', { exact: true }).first()).toBeVisible()
  await expect(page.getByText(/^€7\.77.* instead of/)).toBeVisible()
  // Prices of the whole chain are an admin's.
  await expect(page.getByRole('button', { name: /from now on/ })).toHaveCount(0)

  await page.goto('/inventory/alerts?restaurant=berlin')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(rowOf(page, low.ingredient).filter({ hasText: /Low|OUT/ })).toHaveCount(0)
  expect(await badge(page)).toBeLessThan(before)

  await page.goto('/inventory/berlin/orders?status=partly_received')
  await page
    .getByRole('link', { name: /^No\. / })
    .first()
    .press('Enter')
  await page.getByText('Close short…').press('Enter')
  await press(page, 'Close order short')
  await expect(page.getByText('Closed short', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Receive delivery' })).toHaveCount(0)
})

test('an alert that may wait says why, and is found again', async ({ page, login }) => {
  await login('manager')
  const low = (await lowInBerlin()).at(-1)
  if (!low) throw new Error('Nothing is low in Berlin.')
  await page.goto('/inventory/alerts?restaurant=berlin')
  const before = await badge(page)
  await page.getByRole('link', { name: `Answer ${low.ingredient}, Trattoria Nord Berlin` }).press('Enter')
  const reason = page.getByRole('textbox', { name: `Why ${low.ingredient} may wait` })
  await reason.press('Enter')
  await expect(page.getByText('Say why it may wait')).toBeVisible()
  await reason.fill('The market has none')
  await page.getByLabel('Quiet until').selectOption('3')
  await press(page, 'Let it wait')
  await expect(reason).toHaveCount(0)
  await expect(rowOf(page, low.ingredient)).toHaveCount(0)
  expect(await badge(page)).toBe(before - 1)
  await page.getByRole('link', { name: 'With those that may wait' }).press('Enter')
  await expect(rowOf(page, low.ingredient)).toContainText('The market has none')
})

test('an order below what its supplier takes goes only where somebody says so', async ({ page, login }) => {
  const asks = (minimum: number | null, supplier: string) =>
    ask('update suppliers set minimum_order = $1 where name = $2', [minimum, supplier])
  await login('manager')
  await page.goto('/inventory/berlin/orders')
  const button = page.getByRole('button', { name: /^Draft order from/ }).last()
  const supplier = ((await button.getAttribute('aria-label')) ?? '').replace('Draft order from ', '')
  await asks(99_999_99, supplier)
  await button.click()
  await expect(page.getByText(`${supplier} asks for €99,999.99 at least`)).toBeVisible()
  const send = page.getByRole('button', { name: `Send order to ${supplier}` })
  await send.click()
  await expect(page.getByText('The draft is saved, but not sent')).toBeVisible()
  await page.getByLabel('Send although it is less').check()
  await send.click()
  await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible()
  await asks(null, supplier)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an order is drafted, kept with its mistake, and dropped', async ({ page, login }) => {
    await login('manager')
    await page.goto('/inventory/london/orders')
    await page
      .getByRole('button', { name: /^Draft order from/ })
      .first()
      .click()
    await page.getByRole('combobox', { name: 'Further ingredient 1' }).fill('Nothing such')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByText('No active ingredient is called so')).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Further ingredient 1' })).toHaveValue('Nothing such')
    await page.getByText('Drop draft…').click()
    await page.getByRole('button', { name: 'Drop draft' }).click()
    await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible()
  })
})

test.describe('of another restaurant', () => {
  test.use({ expectedConsoleErrors: [/404/] })

  test('a manager sees no order, under whichever address', async ({ page, login }) => {
    const [order] = await ask<{ id: string }>(
      `insert into purchase_orders (restaurant_id, id, number, supplier_id, status, closed_at)
       select r.id, gen_random_uuid(), 1 + coalesce((select max(number) from purchase_orders o
         where o.restaurant_id = r.id), 0), (select min(id) from suppliers), 'cancelled', now()
       from restaurants r where r.slug = 'tokyo' returning id`,
    )
    const statusOf = async (url: string) => (await page.request.get(url)).status()
    await login('manager')
    for (const slug of ['tokyo', 'berlin']) {
      expect(await statusOf(`/inventory/${slug}/orders/${order?.id}`)).toBe(404)
      expect(await statusOf(`/exports/purchase-order?restaurant=${slug}&order=${order?.id}`)).toBe(404)
    }
    await page.context().clearCookies()
    await login('admin')
    expect(await statusOf(`/inventory/tokyo/orders/${order?.id}`)).toBe(200)
  })
})
