import type { Page } from '@playwright/test'
import { freshSet, plainDish } from './change-sets'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const euros = (cents: number) => `€${(cents / 100).toFixed(2)}`
const gridOf = (page: Page) => page.getByRole('region', { name: 'In the restaurants' })
const rowOf = (page: Page, restaurant: string) =>
  gridOf(page).getByRole('row').filter({ hasText: restaurant })
const priceOf = async (dish: number, slug: string) =>
  (
    await ask<{ price: number | null }>(
      `select o.price from menu_overrides o join restaurants r on r.id = o.restaurant_id
       where o.menu_item_id = $1 and r.slug = $2`,
      [dish, slug],
    )
  )[0]?.price ?? null

test('a restaurant gets a price of its own and an 86 by the keyboard alone, is told of slips, and the price is undone', async ({
  page,
  login,
}) => {
  const dish = await plainDish(5)
  await login('admin')
  await page.goto(`/menu/${dish.id}`)
  await expect(rowOf(page, 'Berlin')).toContainText(`${euros(dish.price)} chain`)
  const price = gridOf(page).getByLabel('Price of their own')
  await price.focus()
  await page.keyboard.type('a lot')
  await page.keyboard.press('Enter')
  await expect(gridOf(page).getByText('Write a price, such as 12.50.')).toBeVisible()
  const alert = gridOf(page).getByRole('alert')
  await expect(alert.filter({ hasText: 'Choose at least one restaurant.' })).toBeVisible()
  await expect(price).toHaveValue('a lot')
  await expectAccessible(page)

  const tick = rowOf(page, 'Berlin').getByRole('checkbox')
  await tick.focus()
  await page.keyboard.press('Space')
  await price.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('19.50')
  await page.keyboard.press('Enter')
  await expect(gridOf(page).getByRole('status').filter({ hasText: 'one restaurant' })).toBeVisible()
  await expect(rowOf(page, 'Berlin')).toContainText('€19.50 own')
  await expect(rowOf(page, 'London')).toContainText(`${euros(dish.price)} chain`)
  expect(await priceOf(dish.id, 'berlin')).toBe(1950)

  await gridOf(page).getByRole('button', { name: 'Undo', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(gridOf(page).getByText('Undone: everything')).toBeVisible()
  await expect(rowOf(page, 'Berlin')).toContainText(`${euros(dish.price)} chain`)

  await tick.check()
  await gridOf(page).getByRole('button', { name: '86 there' }).focus()
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'Berlin')).toContainText('until')
  await tick.check()
  await gridOf(page).getByRole('button', { name: 'Put back' }).focus()
  await page.keyboard.press('Enter')
  await expect(rowOf(page, 'Berlin')).not.toContainText('until')
})

test('all restaurants are set in a change set, and nothing of it is live', async ({ page, login }) => {
  const dish = await plainDish(6)
  const set = await freshSet('Grid')
  await login('admin')
  await page.goto(`/menu/changes/${set}`)
  await page.getByRole('button', { name: 'Edit in it' }).click()
  await expect(page.getByLabel('Where edits go')).toContainText('Editing in: Grid')
  await page.goto(`/menu/${dish.id}`)
  await gridOf(page).getByLabel('All restaurants').check()
  await gridOf(page).getByRole('button', { name: 'Take off the menu' }).click()
  await expect(gridOf(page).getByRole('status').filter({ hasText: 'Kept in the change set' })).toBeVisible()
  await expect(rowOf(page, 'Tokyo')).toContainText('no in Grid')
  const own = await ask('select from menu_overrides where menu_item_id = $1 and is_available is not null', [
    dish.id,
  ])
  expect(own).toEqual([])
  await page.getByRole('button', { name: 'Leave it' }).first().click()
  await expect(page.getByLabel('Where edits go')).toContainText('Edits go live at once')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a restaurant gets a price of its own, and the chain’s again', async ({ page, login }) => {
    const dish = await plainDish(8)
    await login('admin')
    await page.goto(`/menu/${dish.id}`)
    await rowOf(page, 'London').getByRole('checkbox').check()
    await gridOf(page).getByLabel('Price of their own').fill('8')
    await gridOf(page).getByRole('button', { name: 'Set price' }).click()
    await expect(rowOf(page, 'London')).toContainText('€8.00 own')
    await rowOf(page, 'London').getByRole('checkbox').check()
    await gridOf(page).getByRole('button', { name: 'Chain’s price' }).click()
    await expect(rowOf(page, 'London')).toContainText(`${euros(dish.price)} chain`)
  })
})
