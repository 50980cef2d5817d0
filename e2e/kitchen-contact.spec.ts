import { expect, expectAccessible } from './fixtures'
import { test } from './network'
import { isLive, pressOf, statusOf, ticketOf, ticketThatIs } from './wall'

test.use({ expectedConsoleErrors: [/Failed to load resource/] })

test('a wall without contact keeps what is pressed, through a reload, and sends it once', async ({
  page,
  login,
  network,
}) => {
  await login('manager')
  await page.goto('/kitchen/london')
  await isLive(page)
  // The first load was not the worker's: wait until it keeps it all the same.
  const keptPages = () => page.evaluate(async () => (await (await caches.open('wall-pages-1')).keys()).length)
  await expect.poll(keptPages).toBeGreaterThan(0)
  const { id } = await ticketThatIs(page, 'preparing')
  const shown = await page.locator('[data-ticket]').count()
  network.cut()
  await pressOf(page, id).click()
  await expect(ticketOf(page, id)).toContainText('Not sent yet')
  await page.reload()
  await expect(ticketOf(page, id)).toContainText('Not sent yet')
  await expect(page.locator('[data-ticket]')).toHaveCount(shown)
  await expect(page.getByText(/^No contact for \d+ s\. Orders may be missing\.$/)).toBeVisible({
    timeout: 25_000,
  })
  await expectAccessible(page)
  expect(await statusOf(id)).toBe('preparing')

  network.restore()
  await isLive(page)
  await expect.poll(() => statusOf(id)).toBe('ready')
  await expect(ticketOf(page, id)).not.toContainText('Not sent yet')
})
