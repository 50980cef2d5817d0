import type { Page } from '@playwright/test'
import { ask, changeRecipes } from './database'
import { expect, expectAccessible, test } from './fixtures'

const idOf = async (name: string): Promise<number> => {
  const [recipe] = await ask<{ id: number }>('select id from recipes where title = $1', [name])
  if (!recipe) throw new Error(`The demo chain has no recipe called ${name}.`)
  return recipe.id
}

const quantityOf = (page: Page, ingredient: string) =>
  page.getByRole('row', { name: ingredient }).getByRole('cell').first()

test('is scaled exactly, and costs what its lines do, for those who may see costs only', async ({
  page,
  login,
}) => {
  const [recipe] = await ask<{
    id: number
    title: string
    cents: string
    grams: string
    ingredient: string
  }>(
    `select r.id, r.title, round(sum(l.quantity * i.unit_price) * 4) as cents,
       (array_agg(trim_scale(l.quantity * 4000) order by l.position) filter (where i.unit = 'kg'))[1] as grams,
       (array_agg(i.name order by l.position) filter (where i.unit = 'kg'))[1] as ingredient
     from recipes r join recipe_ingredients l on l.recipe_id = r.id join ingredients i on i.id = l.ingredient_id
     where r.title = 'Spaghetti carbonara' group by r.id`,
  )
  if (!recipe) throw new Error('The demo chain cooks carbonara.')
  await login('manager')
  await page.goto(`/recipes/${recipe.id}`)
  await page.getByRole('navigation', { name: 'Portions' }).getByRole('link', { name: '4' }).click()
  await expect(page).toHaveURL(/portions=4/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(recipe.title)
  const line = page.getByRole('table', { name: 'Ingredients for 4 portions' }).getByRole('row', {
    name: recipe.ingredient,
  })
  await expect(line).toContainText(`${recipe.grams} g`)
  await expect(page.getByText('All 4 portions').locator('..')).toContainText(
    (Number(recipe.cents) / 100).toFixed(2),
  )
  await page.getByRole('spinbutton', { name: 'Portions' }).fill('7')
  await page.getByRole('button', { name: 'Scale' }).click()
  await expect(page.getByRole('table', { name: 'Ingredients for 7 portions' })).toBeVisible()

  await page.context().clearCookies()
  await login('kitchen')
  await page.goto(`/recipes/${recipe.id}?portions=4`)
  await expect(line).toContainText(`${recipe.grams} g`)
  await expect(page.getByText('€')).toHaveCount(
    await page.getByRole('region', { name: 'On the menu' }).getByText('€').count(),
  )
})

test('names who brings an allergen, the dishes that sell it, and what is alike and why', async ({
  page,
  login,
}) => {
  const [recipe] = await ask<{ id: number; eggs: string }>(
    `select r.id, string_agg(i.name, ', ' order by l.position) as eggs
     from recipes r join recipe_ingredients l on l.recipe_id = r.id
     join ingredients i on i.id = l.ingredient_id and 'eggs' = any(i.allergens)
     where r.title = 'Spaghetti carbonara' group by r.id`,
  )
  if (!recipe) throw new Error('The demo chain’s carbonara has eggs.')
  await login('kitchen')
  await page.goto(`/recipes/${recipe.id}`)
  await expect(page.getByRole('region', { name: 'Allergens' })).toContainText(`eggs${recipe.eggs}`)

  const alike = await ask<{ title: string }>(
    `select r.title from recipes r join recipe_ingredients l on l.recipe_id = r.id
     where r.id <> $1 and l.ingredient_id in (select ingredient_id from recipe_ingredients where recipe_id = $1)
     group by r.id having count(*) >= 3`,
    [recipe.id],
  )
  const similar = page.getByRole('region', { name: 'Similar recipes' })
  const shown = await similar.locator('tbody th a').allTextContents()
  expect(shown.length).toBe(Math.min(10, alike.length))
  expect(alike.map(({ title }) => title)).toEqual(expect.arrayContaining(shown))

  await page.getByRole('region', { name: 'On the menu' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/menu\?q=/)
  await expect(page.getByRole('rowheader', { name: /Spaghetti carbonara/ })).toBeVisible()
})

test('tells how it is cooked in numbered steps', async ({ page, login }) => {
  const id = await idOf('Tagliatelle al ragù')
  const steps = await ask<{ text: string }>(
    'select text from recipe_steps where recipe_id = $1 order by position',
    [id],
  )
  expect(steps.length).toBeGreaterThan(2)
  await login('kitchen')
  await page.goto(`/recipes/${id}`)
  const shown = page.getByRole('region', { name: 'Method' }).getByRole('listitem')
  await expect(shown).toHaveText(steps.map(({ text }) => text))
  await expect(shown.first()).toHaveCSS('list-style-type', 'decimal')
})

test('weighs in the unit that is at hand, for one portion and for a thousand', async ({ page, login }) => {
  const id = await idOf('Cacio e pepe')
  await login('kitchen')
  await page.goto(`/recipes/${id}`)
  await expect(quantityOf(page, 'Spaghetti')).toHaveText('120 g')
  await expect(quantityOf(page, 'Black pepper')).toHaveText('2.5 g')
  await page.goto(`/recipes/${id}?portions=1000`)
  await expect(quantityOf(page, 'Spaghetti')).toHaveText('120 kg')
  await expect(quantityOf(page, 'Black pepper')).toHaveText('2.5 kg')
})

test('is scaled from the keyboard alone', async ({ page, login }) => {
  await login('manager')
  await page.goto(`/recipes/${await idOf('Cacio e pepe')}`)
  const portions = page.getByRole('spinbutton', { name: 'Portions' })
  while (!(await portions.evaluate((field) => field === document.activeElement)))
    await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/portions=12/)
  await expect(page.getByRole('table', { name: 'Ingredients for 12 portions' })).toBeVisible()
})

test('ranks what is alike by how much of the card it has, staples least', async ({ page, login }) => {
  await login('kitchen')
  await page.goto(`/recipes/${await idOf('Spaghetti alle vongole')}`)
  const similar = page.getByRole('table', { name: 'Similar recipes' })
  const matches = (await similar.locator('tbody tr > td:nth-child(2)').allTextContents()).map(
    Number.parseFloat,
  )
  expect(matches.length).toBeGreaterThan(1)
  expect(matches).toEqual([...matches].sort((a, b) => b - a))
  const [common] = await ask<{ name: string }>(
    `select i.name from ingredient_frequencies join ingredients i on i.id = ingredient_id
     order by recipes desc limit 1`,
  )
  await expect(similar.getByText(`${common?.name} (staple)`).first()).toBeVisible()
})

test('is shown before anything but its name is known, and however long that is', async ({ page, login }) => {
  const name = 'Pfannkuchen'.repeat(18)
  const [made] = await changeRecipes<{ id: number }>(
    `insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
     select $1, repeat('Österreichisch', 7), 3, 10080, min(id) from chefs returning id`,
    [name],
  )
  try {
    await login('manager')
    for (const width of [320, 390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of [`/recipes/${made?.id}`, '/recipes/cuisines']) {
        await page.goto(path)
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, `${path} at ${width} px`).toBeLessThanOrEqual(0)
      }
    }
    await page.goto(`/recipes/${made?.id}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
    await expect(page.getByText('This card has no lines yet')).toBeVisible()
    await expect(page.getByText('Nobody has written down yet how it is cooked.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Allergens' })).toContainText('Not known')
    await expect(page.getByText('No dish sells this recipe now.')).toBeVisible()
    await expect(page.getByText('No other recipe shares 3 ingredients with this one.')).toBeVisible()
    await expect(page.getByText('Cost a portion')).toBeHidden()
    await expectAccessible(page)
  } finally {
    await changeRecipes('delete from recipes where id = $1', [made?.id])
  }
})
