import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const LONDON = '/kitchen/london'

const statusOf = async (id: string) =>
  (await ask<{ status: string }>('select status from orders where id = $1', [id]))[0]?.status

/** The first ticket on the wall with this status: its id, and its place from 1. */
async function ticketThatIs(page: Page, status: string): Promise<{ id: string; place: number }> {
  const values = await page
    .locator('[data-ticket] button[name=ticket]')
    .evaluateAll((buttons) => buttons.map((button) => (button as HTMLButtonElement).value))
  const index = values.findIndex((value) => value.endsWith(` ${status}`))
  const id = values[index]?.split(' ')[0]
  if (!id) throw new Error(`No ticket in London is ${status}.`)
  return { id, place: index + 1 }
}

test.beforeEach(async ({ login }) => {
  await login('manager')
})

test('shows the day as the database has it, and the open tickets with the oldest first', async ({ page }) => {
  await page.goto(LONDON)
  const tickets = await ask<{ id: string }>(
    `select o.id from orders o join restaurants r on r.id = o.restaurant_id and r.slug = 'london'
     where o.status in ('pending', 'confirmed', 'preparing', 'ready') order by o.created_at, o.id`,
  )
  const shown = await page
    .locator('[data-ticket]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-ticket')))
  expect(shown).toEqual(tickets.map(({ id }) => id))
  await expect(page.getByText(`Open ${tickets.length}`)).toBeVisible()

  const [low] = await ask<{ low: number }>(
    `select count(*)::int as low from stock_levels s join restaurants r on r.id = s.restaurant_id and r.slug = 'london'
     join ingredients i on i.id = s.ingredient_id and i.is_active where s.on_hand <= s.minimum`,
  )
  const figure = page.getByLabel('Today').locator('div').filter({ hasText: 'Low stock' })
  await expect(figure.getByRole('definition')).toHaveText(String(low?.low))
})

test('a digit bumps the ticket that shows it, and recall takes it back', async ({ page }) => {
  await page.goto(LONDON)
  const { id, place } = await ticketThatIs(page, 'preparing')
  expect(place, 'among the first nine').toBeLessThanOrEqual(9)
  await page.keyboard.press(String(place))
  await expect.poll(() => statusOf(id)).toBe('ready')
  await expect(page.locator(`[data-ticket="${id}"]`)).toContainText('ready')
  await page.getByRole('button', { name: 'Recall' }).click()
  await expect(page.getByRole('status')).toContainText('is back on the stove')
  expect(await statusOf(id)).toBe('preparing')
})

test('whoever was slower is told so, and sees where the ticket is now', async ({ page, context }) => {
  await page.goto(LONDON)
  const other = await context.newPage()
  await other.goto(LONDON)
  const { id } = await ticketThatIs(page, 'preparing')
  // The slower wall must not hear of it before its cook presses.
  let hear = () => {}
  const heard = new Promise<void>((resolve) => {
    hear = resolve
  })
  await page.route('**/snapshot', async (route) => {
    await heard
    await route.continue().catch(() => {})
  })
  await other.locator(`[data-ticket="${id}"] button[name=ticket]`).click()
  await expect.poll(() => statusOf(id)).toBe('ready')
  await other.close()

  await page.locator(`[data-ticket="${id}"] button[name=ticket]`).click()
  await expect(page.getByRole('status')).toContainText('Somebody was faster')
  expect(await statusOf(id)).toBe('ready')
  hear()
  await expect(page.locator(`[data-ticket="${id}"]`)).toContainText('ready')
})

test.describe('a wall that has no contact', () => {
  test.use({ expectedConsoleErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] })

  test('keeps its tickets, says so in red, and finds back by itself', async ({ page, context }) => {
    await page.goto(LONDON)
    const { id } = await ticketThatIs(page, 'preparing')
    const before = await page.locator('[data-ticket]').count()
    await context.setOffline(true)
    await page.locator(`[data-ticket="${id}"] button[name=ticket]`).click()
    await expect(page.getByRole('status')).toContainText('No answer')
    await expect(page.getByText(/^No contact for \d+:\d\d\. Orders may be missing\.$/)).toBeVisible({
      timeout: 25_000,
    })
    expect(await page.locator('[data-ticket]').count()).toBe(before)
    await expectAccessible(page)

    await context.setOffline(false)
    await expect(page.getByText(/^updated \d s ago$/)).toBeVisible({ timeout: 15_000 })
    expect(await statusOf(id)).toBe('preparing')
  })
})

test('a wall whose session ended says so and leads to sign-in and back', async ({ page, login, context }) => {
  await context.clearCookies()
  await login('manager', { own: true })
  await page.goto(LONDON)
  await context.clearCookies()
  await page.getByRole('link', { name: 'Sign in again' }).click({ timeout: 15_000 })
  await expect(page).toHaveURL('/sign-in?next=%2Fkitchen%2Flondon')
})

test('what does not fit is counted and one press away', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 600 })
  await page.goto(LONDON)
  const first = page.locator('[data-ticket]').first()
  const last = page.locator('[data-ticket]').last()
  await expect(last).not.toBeInViewport()
  await page.getByRole('button', { name: /^\+\d+ more$/ }).click()
  await expect(first).not.toBeInViewport()
  await page.getByRole('button', { name: /^\d+ before$/ }).click()
  await expect(first).toBeInViewport()
  await expect(page.getByRole('button', { name: /before$/ })).toHaveCount(0)
})

test('dish names have 28 px at 1080p, and nothing to touch is smaller than 56 px', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(LONDON)
  const name = page.locator('[data-ticket] li').first()
  const size = await name.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(size).toBeGreaterThanOrEqual(28)
  const heights = await page
    .locator('main button')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(56)
})
