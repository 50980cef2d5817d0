import { ask } from './database'
import { expect, test } from './fixtures'
import { isLive, pressOf, statusOf, ticketOf, ticketThatIs } from './wall'

const LONDON = '/kitchen/london'

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

test('a digit bumps the ticket that shows it, and undo takes it back where it is', async ({ page }) => {
  await page.goto(LONDON)
  await isLive(page)
  const { id, place } = await ticketThatIs(page, 'preparing')
  expect(place, 'among the first nine').toBeLessThanOrEqual(9)
  await page.keyboard.press(String(place))
  await expect(ticketOf(page, id)).toHaveAttribute('data-status', 'ready')
  await expect.poll(() => statusOf(id)).toBe('ready')
  await ticketOf(page, id).getByRole('button', { name: 'Undo' }).click()
  await expect(ticketOf(page, id)).toHaveAttribute('data-status', 'preparing')
  await expect.poll(() => statusOf(id)).toBe('preparing')
})

test('a ticket that was handed over leaves its place to the way back, and the list knows it', async ({
  page,
}) => {
  await page.goto(LONDON)
  await isLive(page)
  const { id } = await ticketThatIs(page, 'ready')
  await pressOf(page, id).click()
  const ghost = page.locator(`[data-ghost="${id}"]`)
  await expect(ghost).toContainText('Handed over')
  await expect.poll(() => statusOf(id)).toBe('delivered')
  await expect(ghost).toHaveCount(0)
  await page.getByRole('button', { name: 'Recall a ticket from the list' }).click()
  await page.getByRole('dialog').getByRole('button').filter({ hasText: 'delivered' }).first().click()
  await expect(ticketOf(page, id)).toHaveAttribute('data-status', 'preparing')
  await expect.poll(() => statusOf(id)).toBe('preparing')
})

test('whoever was slower is told so, and sees where the ticket is now', async ({ page, context }) => {
  // The slower wall hears nothing until its cook has pressed.
  let hear = () => {}
  const heard = new Promise<void>((resolve) => {
    hear = resolve
  })
  await page.route('**/api/kitchen/london/events', async (route) => {
    await heard
    await route.continue().catch(() => {})
  })
  await page.goto(LONDON)
  const other = await context.newPage()
  await other.goto(LONDON)
  await isLive(other)
  const { id } = await ticketThatIs(page, 'preparing')
  await pressOf(other, id).click()
  await expect.poll(() => statusOf(id)).toBe('ready')
  await other.close()

  await pressOf(page, id).click()
  await expect(page.getByRole('status')).toContainText('Somebody was faster')
  expect(await statusOf(id)).toBe('ready')
  hear()
  await expect(ticketOf(page, id)).toHaveAttribute('data-status', 'ready')
})

test.describe('a wall whose session ended', () => {
  test.use({ expectedConsoleErrors: [/401/] })

  test('says so and leads to sign-in and back', async ({ page, login, context }) => {
    await context.clearCookies()
    await login('manager', { own: true })
    await page.goto(LONDON)
    await isLive(page)
    const { id } = await ticketThatIs(page, 'preparing')
    await context.clearCookies()
    const answered = page.waitForResponse(/\/api\/kitchen\/london\/moves$/)
    await pressOf(page, id).click()
    expect((await answered).status()).toBe(401)
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await expect(page).toHaveURL('/sign-in?next=%2Fkitchen%2Flondon')
  })
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
  for (const view of ['', '?station=expo']) {
    await page.goto(LONDON + view)
    await isLive(page)
    const name = page.locator('[data-part] > *').first()
    const size = await name.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    expect(size).toBeGreaterThanOrEqual(28)
    const heights = await page
      .locator('main button, main a, main summary')
      .evaluateAll((targets) =>
        targets
          .filter((target) => target.checkVisibility())
          .map((target) => target.getBoundingClientRect().height),
      )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(56)
  }
})

test('the view is in the URL, and an item ticked on expo is done for its station', async ({ page }) => {
  await page.goto(LONDON)
  await isLive(page)
  const view = page.locator('summary').filter({ hasText: 'This screen shows' })
  await view.click()
  await page.getByRole('link', { name: 'Expo' }).click()
  await expect(page).toHaveURL(`${LONDON}?station=expo`)
  const item = page
    .locator(
      '[data-status="preparing"] button[aria-pressed="false"], [data-status="confirmed"] button[aria-pressed="false"]',
    )
    .first()
  const id = (await item.locator('xpath=ancestor::*[@data-ticket]').getAttribute('data-ticket')) ?? ''
  const line = Number(await item.locator('xpath=..').getAttribute('data-part'))
  const lineIs = async () =>
    (
      await ask<{ status: string }>('select status from order_items where order_id = $1 and line = $2', [
        id,
        line,
      ])
    )[0]?.status
  const box = ticketOf(page, id).locator(`[data-part="${line}"] button`)
  await box.click()
  await expect(box).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(lineIs).toBe('done')
  await box.click()
  await expect.poll(lineIs).toBe('cooking')
  await page.goBack()
  await expect(view).toContainText('All stations')
})
