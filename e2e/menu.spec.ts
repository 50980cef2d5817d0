import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, test } from './fixtures'

const BERLIN = '/menu?restaurant=berlin'

/** What Berlin sells, ranked apart from the page's own query. */
const soldInBerlin = () =>
  ask<{ name: string; category: string; price: number }>(
    `select m.name, c.name as category, coalesce(o.price, m.price) as price
     from restaurants r
     cross join menu_items m
     join categories c on c.id = m.category_id
     left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id
     left join item_popularity p on p.restaurant_id = r.id and p.menu_item_id = m.id
     where r.slug = 'berlin' and coalesce(o.is_available, m.is_available) and c.is_active
       and coalesce(o.eighty_six_until <= now(), true)
     order by coalesce(p.units, 0) desc, m.name, m.id`,
  )

const shownDishes = (page: Page) => page.locator('tbody th[scope=row] p:first-child b').allTextContents()
const namesOf = (dishes: { name: string }[]) => dishes.map(({ name }) => name)

test('lists what a restaurant sells, the most sold first, twenty a page', async ({ page, login }) => {
  await login('manager')
  await page.goto(BERLIN)
  const sold = await soldInBerlin()
  expect(await shownDishes(page)).toEqual(namesOf(sold.slice(0, 20)))
  await expect(page.getByRole('link', { name: `Available ${sold.length}` })).toBeVisible()

  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect.poll(() => shownDishes(page)).toEqual(namesOf(sold.slice(20, 40)))
})

test('orders by a column, and turns the order with a second press', async ({ page, login }) => {
  await login('manager')
  await page.goto(BERLIN)
  const prices = (await soldInBerlin()).map(({ price }) => price).sort((a, b) => a - b)
  const shown = async () => {
    const texts = await page.locator('tbody td', { hasText: '€' }).allTextContents()
    return texts.map((text) => Math.round(Number(text.replace(/[^\d.]/g, '')) * 100))
  }
  await page.getByRole('link', { name: 'Price' }).click()
  await expect.poll(shown).toEqual(prices.slice(0, 20))
  await page.getByRole('link', { name: 'Price' }).click()
  await expect.poll(shown).toEqual(prices.reverse().slice(0, 20))
  await expect(page.getByRole('columnheader', { name: 'Price' })).toHaveAttribute('aria-sort', 'descending')
})

test('shows food costs to those who may see costs only', async ({ page, login }) => {
  await login('kitchen')
  await page.goto(BERLIN)
  await expect(page.getByRole('columnheader', { name: 'Portions' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Cost %' })).toHaveCount(0)
})

test('takes malformed filters for none, and a page beyond the end for the last', async ({ page, login }) => {
  await login('manager')
  await page.goto(`${BERLIN}&min=abc&max=-1&category=x&sort=%00&prep=1e9&q=%00&show=99&page=x`)
  const sold = await soldInBerlin()
  expect(await shownDishes(page)).toEqual(namesOf(sold.slice(0, 20)))
  await page.goto(`${BERLIN}&page=999999`)
  const last = Math.floor((sold.length - 1) / 20) * 20
  expect(await shownDishes(page)).toEqual(namesOf(sold.slice(last)))
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('finds dishes by words, price and category, and forgets the filters again', async ({
      page,
      login,
    }) => {
      await login('manager')
      await page.goto(BERLIN)
      await page.getByLabel('Search dishes').fill('TOMATO')
      await page.getByLabel('To EUR').fill('12,50')
      await page.getByRole('button', { name: 'Show dishes' }).click()
      await expect(page).toHaveURL(/q=TOMATO/)
      const found = await shownDishes(page)
      const cheap = (await soldInBerlin()).filter(({ price }) => price <= 1250)
      expect(found.length).toBeGreaterThan(1)
      expect(found).toEqual(namesOf(cheap).filter((name) => found.includes(name)))

      const pizza = cheap.filter(({ category, name }) => category === 'Pizza' && found.includes(name))
      await page.getByRole('link', { name: `Pizza ${pizza.length}` }).click()
      await expect.poll(() => shownDishes(page)).toEqual(namesOf(pizza))
      await page.getByRole('link', { name: 'Clear filters' }).click()
      await expect(page).toHaveURL(BERLIN)
    })

    test('86es a dish, tells it, and undoes it', async ({ page, login }) => {
      await login('kitchen')
      await page.goto(BERLIN)
      const sold = await soldInBerlin()
      const name = sold[0]?.name ?? ''
      await page.getByRole('button', { name: `86 ${name}`, exact: true }).click()
      await expect(page.getByRole('status')).toContainText(`${name} is 86’d until closing`)
      await expect(page.getByRole('button', { name: `86 ${name}`, exact: true })).toHaveCount(0)
      expect(namesOf(await soldInBerlin())).toEqual(namesOf(sold.slice(1)))

      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(page.getByRole('status')).toContainText(`${name} is on the menu again`)
      expect(await soldInBerlin()).toEqual(sold)
    })

    test('86es a dish until further notice, and puts it back from the list of those', async ({
      page,
      login,
    }) => {
      await login('kitchen')
      await page.goto(BERLIN)
      const name = (await soldInBerlin())[1]?.name ?? ''
      await page.getByLabel('86 until').selectOption('further notice')
      await page.getByRole('button', { name: `86 ${name}`, exact: true }).click()
      await expect(page.getByRole('status')).toContainText(`${name} is 86’d until further notice`)
      await page.getByRole('link', { name: /^86’d/ }).click()
      await expect(page.getByRole('row').filter({ hasText: name })).toContainText('further notice')
      await page.getByRole('button', { name: `Put back ${name}` }).click()
      await expect(page.getByRole('button', { name: `Put back ${name}` })).toHaveCount(0)
      expect(namesOf(await soldInBerlin())).toContain(name)
    })
  })
}

for (const [path, opened] of [
  ['/menu', /\/menu\/\d+$/],
  ['/recipes', /\/recipes\/\d+$/],
  ['/inventory/alerts', /\/inventory\/[a-z]+\/ingredients\/\d+$/],
] as const) {
  test(`a row of ${path} opens as a step within the app, with a key too, and in a tab where that is asked for`, async ({
    page,
    login,
  }) => {
    await login('admin')
    await page.goto(path)
    const name = page.locator('th[scope=row] a').first()
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      name.click({ modifiers: ['ControlOrMeta'] }),
    ])
    await expect(tab).toHaveURL(opened)
    await tab.close()

    await page.evaluate(() => document.documentElement.setAttribute('data-not-loaded-anew', ''))
    await name.press('Enter')
    await expect(page).toHaveURL(opened)
    await page.goBack()
    await expect(page).toHaveURL(new RegExp(`${path}$`))
    await name.click()
    await expect(page).toHaveURL(opened)
    await expect(page.locator('html')).toHaveAttribute('data-not-loaded-anew')
  })
}
