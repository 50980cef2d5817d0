import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { orderFor } from './guest-order'

test('a customer is found, asks to be forgotten, and leaves the order behind', async ({
  page,
  login,
  baseURL,
}) => {
  const name = `Farewell ${Date.now()}`
  const orderId = await orderFor(name, baseURL ?? '')
  await login('admin')
  await page.goto('/customers')
  await page.getByLabel('Search customers').fill(name.toLowerCase())
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  // It is still cooked: nobody may take the name off it yet.
  await expect(page.getByText('An order is still on a wall')).toBeVisible()
  await ask(
    `update orders set status = 'delivered', confirmed_at = coalesce(confirmed_at, now()), preparing_at = now(),
       ready_at = now(), delivered_at = now() where id = $1`,
    [orderId],
  )
  await page.reload()
  await page.getByText('Anonymise…').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: `Forget ${name} for good` }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Anonymised guest' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Anonymise', exact: true })).toHaveCount(0)
  await expect(page.getByRole('table').getByRole('link')).toHaveCount(1)
  await page.goto(`/customers?q=${encodeURIComponent(name)}`)
  await expect(page.getByText('Nobody is called like this')).toBeVisible()
})
