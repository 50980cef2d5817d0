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
    `with open as (
       select a.restaurant_id, a.ingredient_id, bool_or(a.kind = 'out') as out
       from stock_alerts a join restaurants r on r.id = a.restaurant_id and r.slug = any($1)
       where a.cleared_at is null group by 1, 2
       having not bool_and(acknowledged_at is not null and coalesce(snoozed_until > now(), true))
     ), short as (
       select open.*, s.minimum, s.par, s.on_hand + coalesce((
         select sum(outstanding) from purchase_order_lines l
         where (l.restaurant_id, l.ingredient_id, l.status) = (s.restaurant_id, s.ingredient_id, 'open')
       ), 0) as position
       from open join stock_levels s using (restaurant_id, ingredient_id)
     ), missing as (
       select *, greatest(par - position, 0) as missing from short
     )
     select p.name as supplier, i.name as ingredient, r.name as restaurant, out, n.packs,
       round(n.packs * i.pack_size * i.unit_price)::int as cost
     from missing m
     join restaurants r on r.id = m.restaurant_id
     join ingredients i on i.id = m.ingredient_id and i.is_active
     join suppliers p on p.id = i.supplier_id
     cross join lateral (
       select case when m.position <= m.minimum then ceil(m.missing / i.pack_size)
         else floor(m.missing / i.pack_size) end::int as packs
     ) n`,
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
    await expect(head).toContainText(sum(theirs) > 0 ? euros(sum(theirs)) : 'nothing to order')
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
