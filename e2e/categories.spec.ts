import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const orderOf = async () =>
  (await ask<{ name: string }>('select name from categories order by sort_order, name, id')).map(
    ({ name }) => name,
  )

test('categories are moved by buttons and by the keys of their handle, and guests read them in that order', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/admin/categories')
  const before = await orderOf()
  const [first = '', second = '', third = ''] = before
  await page.getByRole('button', { name: `Move ${second} up` }).click()
  await expect(page.getByRole('status').filter({ hasText: 'place 1 of' })).toHaveText(
    `${second} now stands at place 1 of ${before.length}.`,
  )
  await expect(page.getByRole('button', { name: `Move ${second} up` })).toBeFocused()
  expect((await orderOf()).slice(0, 3)).toEqual([second, first, third])
  await expectAccessible(page)

  const handle = page.getByRole('button', { name: `Move ${second}`, exact: true })
  await handle.focus()
  await page.keyboard.press('Space')
  await expect(page.getByText(`${second} is over place 1 of ${before.length}.`)).toBeAttached()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText(`${second} is over place 2 of ${before.length}.`)).toBeAttached()
  await page.keyboard.press('Space')
  await expect.poll(async () => (await orderOf()).slice(0, 3)).toEqual([first, second, third])
  await expect(handle).toBeFocused()
})

test('an order that somebody else changed meanwhile is shown, not overwritten', async ({ page, login }) => {
  await login('admin')
  await page.goto('/admin/categories')
  const [, second = '', third = ''] = await orderOf()
  await ask('update categories set sort_order = sort_order + 1 where name <> $1', [third])
  await ask('update categories set sort_order = 0 where name = $1', [third])
  const now = await orderOf()
  await page.getByRole('button', { name: `Move ${second} up` }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Somebody else' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: third }).first()).toContainText('1')
  expect(await orderOf()).toEqual(now)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('categories are moved by buttons', async ({ page, login }) => {
    await login('admin')
    await page.goto('/admin/categories')
    const [first = '', second = ''] = await orderOf()
    await page.getByRole('button', { name: `Move ${first} down` }).click()
    await expect(page.getByRole('button', { name: `Move ${second} down` })).toBeVisible()
    expect((await orderOf()).slice(0, 2)).toEqual([second, first])
  })
})
