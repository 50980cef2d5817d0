import { ask } from './database'
import { expect, test } from './fixtures'

type Low = {
  supplier: string
  ingredient: string
  restaurant: string
  out: boolean
  packs: number
  cost: number
}

/** Counted and priced apart from the page's own query. */
const lowIn = (slugs: string[]) =>
  ask<Low>(
    `select p.name as supplier, i.name as ingredient, r.name as restaurant, s.on_hand <= 0 as out,
       ceil((s.par - s.on_hand) / i.pack_size)::int as packs,
       round(ceil((s.par - s.on_hand) / i.pack_size) * i.pack_size * i.unit_price)::int as cost
     from stock_levels s
     join restaurants r on r.id = s.restaurant_id and r.slug = any($1)
     join ingredients i on i.id = s.ingredient_id and i.is_active
     join suppliers p on p.id = i.supplier_id
     where s.on_hand <= s.minimum`,
    [slugs],
  )

const euros = (cents: number) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(cents / 100)
const sum = (rows: Low[]) => rows.reduce((total, { cost }) => total + cost, 0)

test('a manager sees what to order from whom in all of their restaurants, and nobody else’s', async ({
  page,
  login,
}) => {
  await login('manager')
  await page.goto('/inventory/alerts')
  const low = await lowIn(['berlin', 'london'])
  expect(low.length, 'the demo chain runs low on something').toBeGreaterThan(0)

  await expect(page.getByRole('row').filter({ has: page.locator('th[scope=row]') })).toHaveCount(low.length)
  await expect(page.getByText('To order, up to par')).toBeVisible()
  await expect(page.getByText(euros(sum(low)), { exact: true }).first()).toBeVisible()
  for (const supplier of new Set(low.map((row) => row.supplier))) {
    const theirs = low.filter((row) => row.supplier === supplier)
    const head = page
      .getByRole('row')
      .filter({ has: page.getByRole('heading', { name: supplier, exact: true }) })
    await expect(head).toContainText(`${theirs.length} ${theirs.length === 1 ? 'item' : 'items'}`)
    await expect(head).toContainText(euros(sum(theirs)))
    await expect(head.getByRole('link', { name: /@/ })).toHaveAttribute('href', /^mailto:/)
    await expect(head.getByRole('link', { name: /^\+?[\d ]/ })).toHaveAttribute('href', /^tel:\+?\d+$/)
  }
  await expect(page.getByText('Tokyo')).toHaveCount(0)
})

test('what is out says so, before what is only low', async ({ page, login }) => {
  await login('admin')
  await page.goto('/inventory/alerts')
  const groups = page.locator('tbody')
  for (let index = 0; index < (await groups.count()); index++) {
    const rows = await groups.nth(index).locator('tr:has(th[scope=row])').allTextContents()
    const outs = rows.map((text) => text.includes('OUT'))
    expect(outs).toEqual([...outs].sort((a, b) => Number(b) - Number(a)))
  }
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('one restaurant is chosen with a button and stays in the URL', async ({ page, login }) => {
    await login('manager')
    await page.goto('/inventory/alerts')
    await page.getByRole('combobox', { name: 'Restaurant' }).selectOption({ value: 'london' })
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(page).toHaveURL(/[?&]restaurant=london/)
    await expect(page.getByRole('row').filter({ has: page.locator('th[scope=row]') })).toHaveCount(
      (await lowIn(['london'])).length,
    )
  })
})

test('a supplier from whom nothing is needed shows the way back, and a malformed one shows all', async ({
  page,
  login,
}) => {
  await login('manager')
  await page.goto('/inventory/alerts?supplier=999999')
  await expect(page.getByText('Nothing is low here')).toBeVisible()
  await page.getByRole('link', { name: 'Show all alerts' }).click()
  await expect(page).toHaveURL('/inventory/alerts')
  await page.goto("/inventory/alerts?supplier=1'--&page=-3")
  await expect(page.getByRole('table')).toBeVisible()
})
