import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { isAlive, nameField, saveButton, saved, summary, tabTo, unusedName } from './form'

const idIn = (page: Page) => Number(new URL(page.url()).pathname.split('/').at(-1))

type StoredIngredient = { unitPrice: string; packSize: string; allergens: string[]; isActive: boolean }
const storedIngredient = async (id: number) =>
  (
    await ask<StoredIngredient>(
      `select trim_scale(unit_price)::text as "unitPrice", trim_scale(pack_size)::text as "packSize", allergens,
         is_active as "isActive" from ingredients where id = $1`,
      [id],
    )
  )[0]

/** An ingredient that a dish on the menu needs. */
async function neededIngredient(): Promise<{ id: number; dish: string }> {
  const [found] = await ask<{ id: number; dish: string }>(
    `select l.ingredient_id as id, min(m.name) as dish from recipe_ingredients l
     join menu_items m on m.recipe_id = l.recipe_id and m.is_available
     join categories c on c.id = m.category_id and c.is_active
     join ingredients i on i.id = l.ingredient_id
     where i.unit_price > 0 and l.quantity > 0 and m.price > 0
     group by l.ingredient_id having count(*) = 1 order by max(l.quantity * i.unit_price) desc limit 1`,
  )
  if (!found) throw new Error('No dish has an ingredient of its own.')
  return found
}

test('a supplier and an ingredient that comes from it are made with the keyboard alone', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/admin/suppliers/new')
  await isAlive(page)
  const supplier = unusedName('Verde')
  await nameField(page).focus()
  await page.keyboard.type(supplier)
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ada')
  await page.keyboard.press('Tab')
  await page.keyboard.type('+49 30 1234')
  await page.keyboard.press('Tab')
  await page.keyboard.type('not an address')
  await page.keyboard.press('Control+Enter')
  await expect(summary(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('E-mail')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('orders@example.com')
  await tabTo(page, page.getByRole('checkbox', { name: 'Mon' }))
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/suppliers\/\d+$/)
  const supplierId = idIn(page)
  const [stored] = await ask('select name, email, order_days as days from suppliers where id = $1', [
    supplierId,
  ])
  expect(stored).toEqual({ name: supplier, email: 'orders@example.com', days: [2, 3, 4, 5] })
  await expectAccessible(page)

  await page.goto('/admin/ingredients/new')
  await isAlive(page)
  const name = unusedName('Saffron')
  await nameField(page).focus()
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type('g')
  await expect(page.getByLabel('Unit', { exact: true })).toHaveValue('g')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0,012345')
  await page.keyboard.press('Tab')
  await page.keyboard.type(supplier)
  await page.getByRole('checkbox', { name: 'celery' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+s')
  await page.waitForURL(/ingredients\/\d+$/)
  expect(await storedIngredient(idIn(page))).toEqual({
    unitPrice: '1.2345',
    packSize: '1',
    allergens: ['celery'],
    isActive: true,
  })
  await expectAccessible(page)

  await page.goto(`/admin/suppliers/${supplierId}`)
  await expect(page.getByText('The ingredient below would still come from it')).toBeVisible()
  await page.getByRole('link', { name }).click()
  await page.waitForURL(/ingredients\/\d+$/)
})

test('a price that is typed shows what it does to the food cost before it is saved, the former one stays known, and the unit stays', async ({
  page,
  login,
}) => {
  await login('admin')
  const { id, dish } = await neededIngredient()
  await page.goto(`/admin/ingredients/${id}`)
  await isAlive(page)
  const row = page.getByRole('table', { name: 'Food cost by dish' }).getByRole('row', { name: dish })
  await expect(row).toContainText('%')
  await expect(row).not.toContainText('→')
  const before = (await storedIngredient(id))?.unitPrice
  const price = page.getByLabel(/Price of one unit/)
  const was = await price.inputValue()
  await price.fill(String(Number(was) * 2))
  await expect(row).toContainText('→')
  await expect(page.getByRole('heading', { name: /With this price/ })).toBeVisible()
  expect((await storedIngredient(id))?.unitPrice).toBe(before)
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  expect(Number((await storedIngredient(id))?.unitPrice)).toBeCloseTo(Number(before) * 2)
  await expect(page.getByRole('table', { name: 'Prices' }).getByRole('row')).toHaveCount(3)
  await expect(row).not.toContainText('→')
  await price.fill(was)
  await saveButton(page).click()
  await expect(page.getByRole('table', { name: 'Prices' }).getByRole('row')).toHaveCount(4)

  await page.getByLabel('Unit', { exact: true }).selectOption('cups')
  await saveButton(page).click()
  await expect(summary(page)).toContainText('Make a new ingredient')
  await expect(page.getByLabel('Unit', { exact: true })).toHaveAttribute('aria-invalid', 'true')
})

test('the list finds ingredients by name and supplier, and those that an import left without a price', async ({
  page,
  login,
}) => {
  await login('admin')
  const name = unusedName('Imported')
  await ask(`insert into suppliers (name, contact_person, phone, email, address, is_active)
    values ('Not assigned', '', '', '', '', false) on conflict do nothing`)
  await ask(
    `insert into ingredients (name, unit, unit_price, supplier_id)
     select $1, 'kg', 0, id from suppliers where name = 'Not assigned'`,
    [name],
  )
  await page.goto('/admin/ingredients')
  await page.getByLabel('To fill in').selectOption('Without a price')
  await page.getByRole('button', { name: 'Show ingredients' }).click()
  await page.waitForURL(/gap=no_price/)
  const row = page.getByRole('row', { name })
  await expect(row).toContainText('No price')
  await expect(row).toContainText('Not assigned')
  await page.getByLabel('To fill in').selectOption('Without a supplier')
  await page.getByLabel('Search ingredients').fill(name.slice(0, 12).toUpperCase())
  await page.keyboard.press('Enter')
  await page.waitForURL(/gap=not_assigned/)
  await expect(page.getByRole('row', { name })).toBeVisible()
  await page.goto(`/admin/ingredients?q=${encodeURIComponent('100%_\\')}`)
  await expect(page.getByText('No ingredient is like this')).toBeVisible()
})

test('two who change the same supplier see both versions in words', async ({ page, login }) => {
  await login('admin')
  const [made] = await ask<{ id: number }>(
    `insert into suppliers (name, contact_person, phone, email, address, order_days)
     values ($1, '', '', '', '', '{1,2}') returning id`,
    [unusedName('Contested')],
  )
  await page.goto(`/admin/suppliers/${made?.id}`)
  await isAlive(page)
  await ask(`update suppliers set order_days = '{4,5}', rating = 2 where id = $1`, [made?.id])
  await page.getByRole('checkbox', { name: 'Wed' }).check()
  await saveButton(page).click()
  const both = page.getByRole('table', { name: /Both versions/ })
  await expect(both.getByRole('row', { name: /Takes orders on/ })).toContainText('Wed')
  await expect(both.getByRole('row', { name: /Takes orders on/ })).toContainText('Thu')
  await expect(page.getByLabel('Rating', { exact: true })).toHaveValue('2')
  await expectAccessible(page)
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await ask('select order_days as days, rating from suppliers where id = $1', [made?.id])).toEqual([
    { days: [1, 2, 3], rating: 2 },
  ])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a supplier and an ingredient are made and changed', async ({ page, login }) => {
    await login('admin')
    await page.goto('/admin/suppliers/new')
    const supplier = unusedName('Plain supplier')
    await nameField(page).fill(supplier)
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
      await page.getByRole('checkbox', { name: day }).uncheck()
    await page.getByRole('button', { name: 'Add supplier' }).click()
    await expect(summary(page)).toContainText('Choose at least one day.')
    await expect(page.getByRole('checkbox', { name: 'Mon' })).not.toBeChecked()
    await page.getByRole('checkbox', { name: 'Sun' }).check()
    await page.getByRole('button', { name: 'Add supplier' }).click()
    await page.waitForURL(/suppliers\/\d+$/)

    await page.goto('/admin/ingredients/new')
    const name = unusedName('Plain ingredient')
    await nameField(page).fill(name)
    await page.getByLabel(/Price of one unit/).fill('cheap')
    await page.getByLabel('Supplier', { exact: true }).selectOption(supplier)
    await page.getByRole('button', { name: 'Add ingredient' }).click()
    await expect(summary(page)).toContainText('Choose the unit')
    await expect(page.getByLabel(/Price of one unit/)).toHaveValue('cheap')
    await page.getByLabel(/Price of one unit/).fill('3.20')
    await page.getByLabel('Unit', { exact: true }).selectOption('l')
    await page.getByRole('button', { name: 'Add ingredient' }).click()
    await page.waitForURL(/ingredients\/\d+$/)
    await page.getByRole('group', { name: 'Allergens' }).getByRole('checkbox', { name: 'milk' }).check()
    await page.getByRole('checkbox', { name: 'Active' }).uncheck()
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
    expect(await storedIngredient(idIn(page))).toEqual({
      unitPrice: '320',
      packSize: '1',
      allergens: ['milk'],
      isActive: false,
    })
  })
})

test('a dish is called vegan once somebody has said what its last ingredient is, with the reason until then', async ({
  page,
  login,
}) => {
  await login('admin')
  const [spritz] = await ask<{ id: number; recipe: number; ingredient: number }>(
    `select m.id, m.recipe_id as recipe, i.id as ingredient from menu_items m
     join recipe_ingredients l on l.recipe_id = m.recipe_id
     join ingredients i on i.id = l.ingredient_id and i.animal_sources is null
     where m.name = 'Spritz'`,
  )
  const guests = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Spritz', exact: true }) })
  const tickNothing = async (ticked: boolean) => {
    await page.goto(`/admin/ingredients/${spritz?.ingredient}`)
    await isAlive(page)
    await page.getByRole('checkbox', { name: 'nothing' }).setChecked(ticked)
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
  }

  await page.goto(`/menu/${spritz?.id}`)
  const diets = page.getByRole('region', { name: 'Diets' })
  await expect(diets).toContainText('nobody has said whether Bitter aperitivo comes from animals')
  await tickNothing(true)
  await page.goto(`/recipes/${spritz?.recipe}`)
  await expect(page.getByRole('list', { name: 'Goes with' })).toContainText('Vegan')
  await expectAccessible(page)
  await expect(async () => {
    await page.goto('/m/berlin')
    await expect(guests).toContainText('Vegan', { timeout: 10 })
  }).toPass()
  await page.goto('/menu?restaurant=berlin&diet=vegan')
  await expect(page.getByRole('row', { name: /Spritz/ })).toBeVisible()

  await tickNothing(false)
  await expect(async () => {
    await page.goto('/m/berlin')
    await expect(guests).not.toContainText('Vegan', { timeout: 10 })
  }).toPass()
})
