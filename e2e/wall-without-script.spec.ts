import { ask } from './database'
import { expect, test } from './fixtures'
import { pressOf, statusOf, ticketOf, ticketThatIs } from './wall'

const LONDON = '/kitchen/london'

test.use({ javaScriptEnabled: false })

test.beforeEach(async ({ login }) => {
  await login('manager')
})

test('lists the open tickets with the oldest first, as of a moment, and asks for a newer page by itself', async ({
  page,
}) => {
  await page.goto(LONDON)
  const tickets = await ask<{ id: string }>(
    `select o.id from orders o join restaurants r on r.id = o.restaurant_id and r.slug = 'london'
     where o.status in ('pending', 'confirmed', 'preparing', 'ready') order by o.created_at, o.id`,
  )
  expect(tickets.length).toBeGreaterThan(0)
  const shown = await page
    .locator('[data-ticket]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-ticket')))
  expect(shown).toEqual(tickets.map(({ id }) => id))
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveAttribute('content', '15')
})

test('moves a ticket by a press in its form, and says so where somebody was faster', async ({
  page,
  context,
}) => {
  await page.goto(LONDON)
  const { id } = await ticketThatIs(page, 'preparing')
  const slower = await context.newPage()
  await slower.goto(LONDON)

  await pressOf(page, id).click()
  await expect(ticketOf(page, id)).toHaveAttribute('data-status', 'ready')
  expect(await statusOf(id)).toBe('ready')

  await pressOf(slower, id).click()
  await expect(slower.getByRole('status')).toContainText('Somebody was faster: it is ready already.')
  await expect(ticketOf(slower, id)).toHaveAttribute('data-status', 'ready')
  expect(await statusOf(id)).toBe('ready')
})

test('ticks an item on expo and stays on expo', async ({ page }) => {
  await page.goto(`${LONDON}?station=expo`)
  const { id } = await ticketThatIs(page, 'preparing')
  const item = ticketOf(page, id).locator('[data-part] button[aria-pressed="false"]').first()
  const line = await item.locator('xpath=..').getAttribute('data-part')
  await item.click()
  await expect(ticketOf(page, id).locator(`[data-part="${line}"] button`)).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(page).toHaveURL(`${LONDON}?station=expo`)
  const [found] = await ask<{ status: string }>(
    'select status from order_items where order_id = $1 and line = $2',
    [id, line],
  )
  expect(found?.status).toBe('done')
})
