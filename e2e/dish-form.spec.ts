import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const stored = async (name: string) =>
  (
    await ask<{ id: number; price: number; recipe: number | null; prep: number; on: boolean }>(
      `select id, price, recipe_id as recipe, preparation_time as prep, is_available as on
       from menu_items where name = $1 order by id desc`,
      [name],
    )
  ).at(0)

/** A recipe whose card costs something, as the table says it. */
async function aRecipe() {
  const [recipe] = await ask<{ id: number; title: string; cost: number; calories: number | null }>(
    `select r.id, r.title, r.calories, sum(l.quantity * i.unit_price)::float8 as cost
     from recipes r join recipe_ingredients l on l.recipe_id = r.id join ingredients i on i.id = l.ingredient_id
     group by r.id having sum(l.quantity * i.unit_price) > 100 order by r.id limit 1`,
  )
  if (!recipe) throw new Error('No recipe has a card that costs something.')
  return recipe
}

const retire = (name: string) =>
  ask(`update menu_items set name = 'Gone', is_available = false where name like $1`, [`${name}%`])

const focusedLabel = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement
      ? element.labels?.[0]?.textContent
      : element?.textContent
  })

test('an admin makes a dish with the keyboard alone, finds its recipe, sees what it costs, is told of slips, and guests read it', async ({
  page,
  login,
}) => {
  const name = 'Keyboard kohlrabi'
  const recipe = await aRecipe()
  await login('admin')
  await page.goto('/menu')
  await page.getByRole('link', { name: 'New dish' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'New dish' })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).focus()
  const order: unknown[] = []
  const next = async () => {
    order.push(await focusedLabel(page))
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type(name)
  await next()
  await page.keyboard.type('With brown butter')
  await next()
  await page.keyboard.type('20')
  await next()
  await page.keyboard.press('ArrowDown')
  await next()
  await page.keyboard.type(recipe.title.slice(0, 12))
  await expect(page.locator(`#recipe-suggestions option[value^="${recipe.id} ·"]`)).toHaveCount(1)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(String(recipe.id))
  await expect(page.getByText(`No. ${recipe.id}: ${recipe.title}`)).toBeVisible()
  await next()
  await page.keyboard.press('ArrowDown')
  await next()
  await page.keyboard.type('9')
  await next()
  await next()
  await next()
  await next()
  expect(order).toEqual([
    'Name',
    'Description',
    'Price in EUR',
    'Category',
    'Recipe',
    'Station',
    'Prep minutes',
    'Calories',
    'On the menu',
    'Featured',
  ])
  const percent = (Math.round((1000 * recipe.cost) / 2000) / 10).toFixed(1)
  await expect(page.getByLabel('Food cost in percent')).toHaveText(`${percent} %`)
  await page.getByLabel('Price in EUR').fill('dear')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').first()).toContainText('Write a price')
  await expect(page.getByLabel('Price in EUR')).toHaveValue('dear')
  await expectAccessible(page)
  expect(await stored(name)).toBeUndefined()
  await page.getByLabel('Price in EUR').fill('40')
  const half = (Math.round((1000 * recipe.cost) / 4000) / 10).toFixed(1)
  await expect(page.getByLabel('Food cost in percent')).toHaveText(`${half} %`)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page).toHaveURL(/\/menu\/\d+$/)
  expect(await stored(name)).toMatchObject({ price: 4000, recipe: recipe.id, prep: 9, on: true })
  await page.goto('/m/berlin')
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await retire(name)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a dish is made, corrected where it was wrong, changed, and duplicated', async ({ page, login }) => {
    const name = 'Plain plaice'
    const recipe = await aRecipe()
    await login('admin')
    await page.goto('/menu/new')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Price in EUR').fill('dear')
    await page.getByLabel('Category').selectOption({ index: 1 })
    await page.getByLabel('Recipe', { exact: true }).fill(String(recipe.id))
    await page.getByLabel('Station').selectOption('Grill')
    await page.getByLabel('Prep minutes').fill('7')
    await page.getByRole('button', { name: 'Create dish' }).click()
    await expect(page.getByRole('alert').first()).toContainText('Write a price')
    await expect(page.getByLabel('Price in EUR')).toHaveValue('dear')
    await expect(page.getByLabel('Station')).toHaveValue('grill')
    expect(await stored(name)).toBeUndefined()

    await page.getByLabel('Price in EUR').fill('18.50')
    await page.getByRole('button', { name: 'Create dish' }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    expect(await stored(name)).toMatchObject({ price: 1850, recipe: recipe.id })
    const percent = (Math.round((1000 * recipe.cost) / 1850) / 10).toFixed(1)
    await expect(page.getByLabel('Food cost in percent')).toHaveText(`${percent} %`)

    await page.getByLabel('Price in EUR').fill('19')
    await page.getByLabel('On the menu').uncheck()
    await page.getByRole('button', { name: 'Save dish' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    expect(await stored(name)).toMatchObject({ price: 1900, on: false })
    await page.reload()
    await expect(page.getByText('Price €18.50 → €19.00')).toBeVisible()

    await page.getByRole('link', { name: 'Duplicate' }).click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(`${name} (copy)`)
    await expect(page.getByLabel('Price in EUR')).toHaveValue('19')
    await page.getByRole('button', { name: 'Create dish' }).click()
    await expect(page.getByRole('heading', { level: 1, name: `${name} (copy)` })).toBeVisible()
    await retire(name)
  })
})

test('of two who save the same dish the second sees both versions, and loses nothing', async ({
  page,
  login,
}) => {
  const [dish] = await ask<{ id: number; price: number; description: string; station: string }>(
    `select id, price, description, station from menu_items where is_available and station <> 'bar' order by id desc limit 1`,
  )
  if (!dish) throw new Error('There is no dish.')
  await login('admin')
  await page.goto(`/menu/${dish.id}`)
  await page.getByLabel('Description').fill('Mine')
  await page.getByLabel('Price in EUR').fill('77')
  await ask(`update menu_items set price = 6600, station = 'bar' where id = $1`, [dish.id])
  await page.getByRole('button', { name: 'Save dish' }).click()
  const both = page.getByRole('table', { name: /Both versions/ })
  await expect(both.getByRole('row', { name: /Price/ })).toContainText('77')
  await expect(both.getByRole('row', { name: /Price/ })).toContainText('66')
  await expect(both.getByRole('row', { name: /Station/ })).toContainText('Bar')
  await expect(page.getByLabel('Price in EUR')).toHaveValue('77')
  await page.getByRole('button', { name: 'Save dish' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  const [saved] = await ask(`select price, description from menu_items where id = $1`, [dish.id])
  expect(saved).toEqual({ price: 7700, description: 'Mine' })
  await ask(`update menu_items set price = $2, description = $3, station = $4 where id = $1`, [
    dish.id,
    dish.price,
    dish.description,
    dish.station,
  ])
})

test('a photo is shown to guests in its place, and kept by their phones', async ({ page, login }) => {
  const [dish] = await ask<{ id: number; name: string }>(
    `select m.id, m.name from menu_items m join categories c on c.id = m.category_id
     where m.is_available and c.is_active order by c.sort_order, c.name, m.id limit 1`,
  )
  if (!dish) throw new Error('There is no dish.')
  const picture = (width: number) =>
    sharp({ create: { width, height: width, channels: 3, background: '#3a7' } })
      .jpeg()
      .toBuffer()
  await login('admin')
  await page.goto(`/menu/${dish.id}`)
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel('icture').setInputFiles({ name, mimeType: 'image/jpeg', buffer })
  await choose('dish.jpg', Buffer.from('not a picture'))
  await page.getByRole('button', { name: 'Add photo' }).click()
  await expect(page.getByText('This file is no picture')).toBeVisible()
  await choose('dish.txt', await picture(500))
  await page.getByRole('button', { name: 'Add photo' }).click()
  await expect(page.getByText('Guests see this picture now.')).toBeVisible()
  await expectAccessible(page)

  await page.goto('/m/berlin')
  const photo = page.getByRole('img', { name: dish.name })
  await expect(photo).toHaveAttribute('width', '320')
  await expect(photo).toHaveAttribute('height', '240')
  await photo.scrollIntoViewIfNeeded()
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  await expectAccessible(page)
  const file = await page.request.get((await photo.getAttribute('src')) ?? '')
  expect(file.headers()).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
  })

  await page.goto(`/menu/${dish.id}`)
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('The photo is gone.')).toBeVisible()
  await page.goto('/m/berlin')
  await expect(page.getByRole('img', { name: dish.name })).toHaveCount(0)
})
