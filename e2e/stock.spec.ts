import { v7 as uuidv7 } from 'uuid'
import { ask } from './database'
import { expect, expectNoSidewaysScroll, test } from './fixtures'
import { isLive } from './wall'

type Stock = { id: number; name: string; unit: string; onHand: string }

async function stockOf(slug: string, name: string): Promise<Stock> {
  const [found] = await ask<Stock>(
    `select i.id, i.name, i.unit, trim_scale(s.on_hand)::text as "onHand" from stock_levels s
     join restaurants r on r.id = s.restaurant_id and r.slug = $1
     join ingredients i on i.id = s.ingredient_id where i.name = $2`,
    [slug, name],
  )
  if (!found) throw new Error(`${slug} has no ${name}.`)
  return found
}

/** Moves stock as a delivery or a loss would, with its line in the ledger. */
const move = (slug: string, ingredientId: number, quantity: string, kind: 'received' | 'waste') =>
  ask(
    `with moved as (
       update stock_levels s set on_hand = on_hand + $3::numeric, updated_at = now() from restaurants r
       where r.id = s.restaurant_id and r.slug = $1 and s.ingredient_id = $2 returning s.restaurant_id
     )
     insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, business_date)
     select restaurant_id, $4::uuid, $2, $5, $3::numeric, current_date from moved`,
    [slug, ingredientId, quantity, uuidv7(), kind],
  )

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, expectedConsoleErrors: [/ERR_FAILED|Failed to fetch/] })

  test('a count outlives a broken connection and a reload, is looked over and posted', async ({
    page,
    login,
  }) => {
    await login('manager')
    await page.goto('/inventory/london/counts')
    await page.getByLabel('What to count').selectOption('frozen')
    await page.getByRole('button', { name: 'Start counting' }).click()
    await page.waitForURL(/\/counts\/[0-9a-f-]{36}$/)
    const line = (nth: number) => page.locator('form li').nth(nth)
    const field = (nth: number) => line(nth).getByRole('textbox')
    expect((await field(0).boundingBox())?.height, 'a key for a cold finger').toBeGreaterThanOrEqual(56)

    await field(0).fill('3')
    await expect(line(0).getByText('saved', { exact: true })).toBeVisible()
    await page.route('**/counts/*', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    )
    await field(1).fill('1,5')
    await expect(line(1).getByText('not saved yet')).toBeVisible()
    await expect(page.getByText('No contact.')).toBeVisible()
    await field(2).fill('much')
    await expect(line(2).getByText('write an amount')).toBeVisible()
    await page.unrouteAll()
    await page.reload()
    await expect(field(0)).toHaveValue('3')
    await expect(line(1).getByText('saved', { exact: true })).toBeVisible()
    await expect(field(2)).toHaveValue('much')
    await field(2).fill('')
    await expect(page.getByText(/^2 of \d+ counted$/)).toBeVisible()

    await page.getByRole('link', { name: 'Look over and post' }).click()
    const rows = page.getByRole('row').filter({ has: page.locator('th[scope=row]') })
    await expect(rows).toHaveCount(2)
    await expectNoSidewaysScroll(page)
    const names = await rows.locator('th').allTextContents()
    await page.getByRole('button', { name: 'Post this count' }).click()
    await expect(page.getByText('posted', { exact: true })).toBeVisible()
    const found = await Promise.all(names.map((name) => stockOf('london', name)))
    expect(found.map(({ onHand }) => onHand).sort()).toEqual(['1.5', '3'])
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a sheet is one form, which keeps what was refused and saves the rest after it was corrected', async ({
    page,
    login,
  }) => {
    await login('manager')
    await page.goto('/inventory/london/counts')
    await page.getByLabel('What to count').selectOption('bar')
    await page.getByLabel('How').selectOption('no')
    await page.getByRole('button', { name: 'Start counting' }).click()
    const fields = page.locator('input[inputmode=decimal]')
    await fields.nth(0).fill('7')
    await fields.nth(1).fill('lots')
    await page.getByRole('button', { name: 'Save what is typed' }).click()
    await expect(fields.nth(0)).toHaveValue('7')
    await expect(fields.nth(1)).toHaveValue('lots')
    await fields.nth(1).fill('8')
    await page.getByRole('button', { name: 'Save what is typed' }).click()
    await expect(page.getByText('saved', { exact: true })).toHaveCount(2)
    await page.getByText('Drop count…').click()
    await page.getByRole('button', { name: 'Drop this count' }).click()
    await expect(page.getByRole('row', { name: /Bar/ }).getByText('dropped')).toBeVisible()
  })
})

test.describe('over a network that fails once', () => {
  test.use({ expectedConsoleErrors: [/ERR_FAILED/] })

  test('what is thrown away and what goes to another restaurant stands in both lists and in the journal', async ({
    page,
    login,
  }) => {
    await login('manager')
    await page.goto('/inventory/berlin?sort=value&order=desc')
    const [name] = await page.locator('tbody th a').allTextContents()
    const before = [await stockOf('berlin', name ?? ''), await stockOf('london', name ?? '')] as const
    await page.getByRole('link', { name: name ?? '', exact: true }).click()
    await page.getByRole('link', { name: 'Log waste' }).click()
    await expect(page.getByLabel('Ingredient')).toHaveValue(name ?? '')
    await page.getByLabel(`Quantity, ${before[0].unit}`).fill('0,25')
    await page.getByLabel('Why').selectOption('dropped')
    const isCut = (url: URL) => url.pathname === '/inventory/berlin/waste'
    await page.route(isCut, (route) => route.abort())
    await page.getByRole('button', { name: 'Write off' }).click()
    await expect(page.getByText('Brigade could not be reached')).toBeVisible()
    await expect(page.getByLabel(`Quantity, ${before[0].unit}`)).toHaveValue('0,25')
    await page.unroute(isCut)
    await page.getByRole('button', { name: 'Write off' }).click()
    await expect(page.getByText(/^Written off: 0.25 .* of /)).toBeVisible()
    await expect(page.getByRole('row').nth(1)).toContainText('Dropped')
    await expect(page.getByLabel(`Quantity, ${before[0].unit}`)).toHaveValue('')

    await page.goto('/inventory/berlin/transfers')
    await page.getByLabel('Ingredient', { exact: true }).fill(name?.toUpperCase() ?? '')
    await page.getByLabel('Quantity', { exact: true }).fill('0.5')
    await page.getByRole('button', { name: 'Transfer', exact: true }).click()
    await expect(page.getByText(/^Transferred to .*London\.$/)).toBeVisible()
    await expect(page.getByText(/^To .*London/)).toBeVisible()
    await page.goto('/inventory/london/transfers')
    await expect(page.getByText(/^From .*Berlin/)).toBeVisible()
    const after = [await stockOf('berlin', name ?? ''), await stockOf('london', name ?? '')] as const
    expect(Number(after[0].onHand)).toBeCloseTo(Number(before[0].onHand) - 0.75, 3)
    expect(Number(after[1].onHand)).toBeCloseTo(Number(before[1].onHand) + 0.5, 3)
    await page.goto(`/inventory/london/ingredients/${after[1].id}`)
    await expect(page.getByRole('row', { name: /Transferred/ }).first()).toContainText('+0.5')
  })
})

test('who edits minimum and par is told what somebody else saved meanwhile, and may replace it', async ({
  page,
  login,
}) => {
  await login('manager')
  await page.goto('/inventory/berlin?sort=name')
  const row = page.getByRole('row').nth(1)
  const name = (await row.locator('th a').textContent()) ?? ''
  const { id } = await stockOf('berlin', name)
  const rule = () =>
    ask<{ rule: string }>(
      `select trim_scale(minimum) || ' to ' || trim_scale(par) as rule from stock_levels s
       join restaurants r on r.id = s.restaurant_id and r.slug = 'berlin' where s.ingredient_id = $1`,
      [id],
    ).then(([found]) => found?.rule)
  await row.getByLabel(`Minimum and par of ${name}`).click()
  await row.getByRole('textbox', { name: 'Minimum' }).fill('3')
  await row.getByRole('textbox', { name: 'Par' }).fill('2')
  await row.getByRole('button', { name: 'Save' }).click()
  await expect(row.getByText('Par is at least the minimum.')).toBeVisible()
  await ask(
    `update stock_levels s set minimum = 4, par = 40 from restaurants r
     where r.id = s.restaurant_id and r.slug = 'berlin' and s.ingredient_id = $1`,
    [id],
  )
  await row.getByRole('textbox', { name: 'Par' }).fill('30')
  await row.getByRole('button', { name: 'Save' }).click()
  await expect(row.getByText('Somebody else set the minimum to 4 and par to 40')).toBeVisible()
  await row.getByRole('button', { name: 'Save' }).click()
  await expect(row.getByLabel(`Minimum and par of ${name}: 3 – 30`)).toBeVisible()
  expect(await rule()).toBe('3 to 30')
})

test('a dish that can’t be prepared is 86ed by one touch on the wall, and put back once its ingredient came', async ({
  page,
  login,
}) => {
  const [dish] = await ask<{ id: number; name: string; ingredientId: number; onHand: string }>(
    `select m.id, m.name, l.ingredient_id as "ingredientId", s.on_hand::text as "onHand" from menu_items m
     join categories c on c.id = m.category_id and c.is_active
     join recipe_ingredients l on l.recipe_id = m.recipe_id
     join restaurants r on r.slug = 'berlin'
     join stock_levels s on s.restaurant_id = r.id and s.ingredient_id = l.ingredient_id and s.on_hand > 0
     where m.is_available and not exists (
         select from menu_overrides o where o.restaurant_id = r.id and o.menu_item_id = m.id)
       and (select count(*) from recipe_ingredients other where other.ingredient_id = l.ingredient_id) = 1
     order by m.name limit 1`,
  )
  if (!dish) throw new Error('No dish of the demo chain has an ingredient of its own.')
  await move('berlin', dish.ingredientId, `-${dish.onHand}`, 'waste')
  await login('manager')
  await page.goto('/kitchen/berlin')
  await isLive(page)
  await page.getByRole('button', { name: `86 ${dish.name}?` }).click()
  await expect(page.getByText(`${dish.name} is off.`)).toBeVisible()
  await expect(page.getByRole('button', { name: `86 ${dish.name}?` })).toHaveCount(0)

  await move('berlin', dish.ingredientId, dish.onHand, 'received')
  await page.goto('/inventory/berlin')
  const putBack = page
    .getByRole('listitem')
    .filter({ hasText: dish.name })
    .getByRole('button', { name: 'Put back' })
  await putBack.click()
  await expect(putBack).toHaveCount(0)

  // The alerts page suggests the same of a restaurant.
  await move('berlin', dish.ingredientId, `-${dish.onHand}`, 'waste')
  await page.goto('/inventory/alerts?restaurant=berlin')
  const suggestion = page.getByRole('listitem').filter({ hasText: dish.name })
  await suggestion.getByRole('button', { name: '86 it' }).click()
  await expect(suggestion.getByRole('button', { name: '86 it' })).toHaveCount(0)
  await move('berlin', dish.ingredientId, dish.onHand, 'received')
  await page.reload()
  await putBack.click()
  await expect(putBack).toHaveCount(0)
  const off = await ask(
    `select 1 from menu_overrides o join restaurants r on r.id = o.restaurant_id and r.slug = 'berlin'
     where o.menu_item_id = $1 and o.eighty_six_until is not null`,
    [dish.id],
  )
  expect(off).toEqual([])
})
