import type { Page } from '@playwright/test'
import { draftDish, editDish, freshSet, onGuestMenu, plainDish, publishSet } from './change-sets'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const euros = (cents: number) => `€${(cents / 100).toFixed(2)}`
const priceOnMenu = async (page: Page, restaurant: string, name: string) =>
  (await onGuestMenu(page, restaurant, name))?.price

test('a conflict shows both values and who changed it, and nothing is published before it is settled', async ({
  page,
  login,
}) => {
  const dish = await plainDish(1)
  const set = await freshSet('Conflicts')
  await draftDish('Conflicts', dish.id, { price: dish.price + 200 })
  await login('admin')
  await page.goto(`/menu/changes/${set}`)
  await editDish(dish.id, { price: dish.price + 100 })
  await page.getByRole('button', { name: /^Publish/ }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was published' })).toBeVisible()
  const question = page.getByRole('group', { name: `Price · Dish “${dish.name}”` })
  await expect(question).toContainText(`Leave it as it is now: ${euros(dish.price + 100)}`)
  await expect(question).toContainText(/changed by \S+/)
  await expect(page.getByRole('button', { name: /^Publish/ })).toBeDisabled()
  await expectAccessible(page)

  await question.getByLabel(`Publish it as this change set has it: ${euros(dish.price + 200)}`).check()
  await page.getByRole('button', { name: 'Keep these choices' }).click()
  await expect(question).toBeHidden()
  await page.getByRole('button', { name: /^Publish/ }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Published:' })).toBeVisible()
  await expect.poll(() => priceOnMenu(page, 'berlin', dish.name)).toBe(euros(dish.price + 200))
})

test('a name that is taken is refused; an undo after a later edit shows what would be overwritten, and does what is chosen', async ({
  page,
  login,
}) => {
  const dish = await plainDish(2)
  await freshSet('Undone later')
  await draftDish('Undone later', dish.id, { price: dish.price + 200, description: 'Only for a while' })
  expect(await publishSet('Undone later')).toMatchObject({ ok: true })
  await editDish(dish.id, { price: dish.price + 300 })
  await login('admin')
  await freshSet('Taken')
  await page.goto('/menu/changes')
  await page.getByLabel('Name of a new change set').fill('taken')
  await page.getByRole('button', { name: 'Begin change set' }).click()
  await expect(page.getByText('An open change set has this name already')).toBeVisible()
  await expect(page.getByLabel('Name of a new change set')).toHaveValue('taken')

  await page.getByRole('button', { name: 'Undo Undone later', exact: true }).click()
  const question = page.getByRole('group', { name: `Price · Dish “${dish.name}”` })
  await expect(question).toContainText(`Keep ${euros(dish.price + 300)}`)
  await expect(question).toContainText(`back to ${euros(dish.price)}`)
  await expectAccessible(page)
  expect(await priceOnMenu(page, 'berlin', dish.name)).toBe(euros(dish.price + 300))
  await page.getByRole('button', { name: 'Undo with these choices' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Undone:' })).toBeVisible()
  const [now] = await ask<{ price: number; description: string }>(
    'select price, description from menu_items where id = $1',
    [dish.id],
  )
  expect(now?.price).toBe(dish.price + 300)
  expect(now?.description).not.toBe('Only for a while')
})

test('a group of restaurants gets a price first, and the set stays open for the others', async ({
  page,
  login,
}) => {
  const dish = await plainDish(3)
  const set = await freshSet('Groups')
  await ask(`delete from restaurant_groups where name = 'North'`)
  await draftDish('Groups', dish.id, { price: dish.price + 100 })
  await login('admin')
  await page.goto(`/menu/changes/${set}`)
  await page.getByLabel('Some restaurants').check()
  await page
    .getByLabel(/Berlin/, { exact: false })
    .and(page.getByRole('checkbox'))
    .check()
  await page.getByText('Groups: keep this choice').click()
  await page.getByLabel('Name of the group').fill('North')
  await page.getByLabel('Name of the group').press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'The group is kept' })).toBeVisible()

  await page.reload()
  await page.getByLabel('Some restaurants').check()
  await page.getByRole('checkbox', { name: /^North/ }).check()
  await expectAccessible(page)
  // Enter presses what the form is for.
  await page.getByLabel('Some restaurants').press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Published:' })).toBeVisible()
  await expect.poll(() => priceOnMenu(page, 'berlin', dish.name)).toBe(euros(dish.price + 100))
  expect(await priceOnMenu(page, 'london', dish.name)).toBe(euros(dish.price))
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: `Dish “${dish.name}”` })
      .first(),
  ).toContainText(/live already in .*Berlin/)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a change set is begun, left, published, undone and discarded', async ({ page, login }) => {
    const dish = await plainDish(4)
    await ask(`update change_sets set state = 'discarded' where name like 'Plain%' and state = 'open'`)
    await login('admin')
    await page.goto('/menu/changes')
    await page.getByLabel('Name of a new change set').fill('Plain')
    await page.getByRole('button', { name: 'Begin change set' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Plain' })).toBeVisible()
    await page.getByRole('button', { name: 'Leave it' }).first().click()
    await expect(page.getByLabel('Where edits go')).toContainText('Edits go live at once')

    await draftDish('Plain', dish.id, { price: dish.price + 100 })
    await page.goto('/menu/changes')
    await page.getByRole('link', { name: 'Plain', exact: true }).click()
    await page.getByRole('button', { name: /^Publish/ }).click()
    await expect(page.getByText('Published: guests')).toBeVisible()
    expect(await priceOnMenu(page, 'berlin', dish.name)).toBe(euros(dish.price + 100))
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
    await expect(page.getByText('Undone: everything')).toBeVisible()

    await page.goto('/menu/changes')
    await page.getByLabel('Name of a new change set').fill('Plain again')
    await page.getByRole('button', { name: 'Begin change set' }).click()
    await page.getByText('Discard…').click()
    await page.getByRole('button', { name: 'Discard this change set' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Change sets' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Plain again' })).toHaveCount(0)
  })
})
