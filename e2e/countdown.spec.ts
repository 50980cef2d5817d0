import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { dishesOf, isLive, Pos } from './wall'

/** What guests of Berlin read at a dish; their page may be a moment behind. */
async function expectGuestsToRead(page: Page, name: string, words: string): Promise<void> {
  const entry = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) })
  await expect(async () => {
    await page.goto('/m/berlin')
    await expect(entry).toContainText(words, { timeout: 10 })
  }).toPass()
}

test('the last three portions: counted down by orders, then off everywhere, until somebody puts the dish back', async ({
  page,
  context,
  login,
  baseURL,
}) => {
  await login('admin')
  const pos = await Pos.open('berlin', baseURL)
  const dish = (await dishesOf('berlin', 'cold')).at(-1)
  if (!dish) throw new Error('Berlin sells nothing cold.')
  const portions = (quantity: number) => [{ menuItemId: dish.id, quantity }]
  const guest = await context.newPage()
  await page.goto('/kitchen/berlin')
  await isLive(page)
  const strip = page.getByRole('region', { name: '86' })
  const entry = strip.getByRole('button').filter({ hasText: dish.name })
  const message = page.getByRole('status')

  await test.step('counted in the dialog', async () => {
    await page.getByRole('button', { name: '86 a dish' }).click()
    await page.getByRole('searchbox').fill(dish.name)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: dish.name, exact: true }).click()
    for (const left of [4, 3]) {
      await dialog.getByRole('button', { name: 'One less' }).click()
      await expect(dialog.getByRole('status')).toHaveText(String(left))
    }
    await dialog.getByRole('button', { name: 'Sell the last 3' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(message).toContainText(`${dish.name}: 3 left to sell.`)
    await expect(entry).toContainText('3 left')
    expect(await pos.isAvailable(dish.id)).toBe(true)
  })

  await test.step('not counted for a moment, by mistake', async () => {
    await entry.click()
    await expect(message).toContainText(`${dish.name} is on the menu again.`)
    await expect(entry).toHaveCount(0)
    await message.getByRole('button', { name: 'Undo' }).click()
    await expect(message).toContainText(`${dish.name}: 3 left to sell.`)
    await expect(entry).toContainText('3 left')
  })

  await test.step('taken by orders, and never more than there is', async () => {
    await pos.order('C1', portions(2))
    await expect(entry).toContainText('1 left')
    expect(await pos.orderStatus(portions(2))).toBe(422)
    await expect(entry).toContainText('1 left')
    await expectGuestsToRead(guest, dish.name, '€')
    await pos.order('C2', portions(1))
  })

  await test.step('off on the wall, for guests and for software', async () => {
    await expect(entry).not.toContainText('left')
    await expect(entry).toHaveAccessibleName(`${dish.name} : put back on the menu`)
    expect(await pos.isAvailable(dish.id)).toBe(false)
    expect(await pos.orderStatus(portions(1))).toBe(422)
    await expectGuestsToRead(guest, dish.name, 'Sold out')
  })

  await test.step('put back, off again by undo, and put back', async () => {
    await entry.click()
    await expect(message).toContainText(`${dish.name} is on the menu again.`)
    await expect(entry).toHaveCount(0)
    expect(await pos.isAvailable(dish.id)).toBe(true)
    await message.getByRole('button', { name: 'Undo' }).click()
    await expect(message).toContainText(`${dish.name} is off as before.`)
    await expect(entry).not.toContainText('left')
    expect(await pos.isAvailable(dish.id)).toBe(false)
    await entry.click()
    await expect(entry).toHaveCount(0)
    await expectGuestsToRead(guest, dish.name, '€')
    expect(await pos.isAvailable(dish.id)).toBe(true)
  })
})
