import { openDatabase } from '@/db/client'
import { eightySix, unEightySix } from '@/db/mutations/menu'
import type { RestaurantScope } from '@/domain/scope'
import { ask, e2eDatabaseUrl } from './database'
import { expect, test } from './fixtures'

const BERLIN = '/m/berlin'

/** A dish that Berlin sells, and Berlin as mutations want it. */
async function dishInBerlin() {
  const [dish] = await ask<{ id: number; name: string; restaurantId: number }>(
    `select m.id, m.name, r.id as "restaurantId"
     from menu_items m
     join categories c on c.id = m.category_id and c.is_active
     join restaurants r on r.slug = 'berlin'
     left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id
     where m.is_available and o.is_available is not false and o.eighty_six_until is null
     order by m.id limit 1`,
  )
  if (!dish) throw new Error('Berlin sells nothing.')
  const scope = { restaurant: { id: dish.restaurantId }, actor: { userId: null, deviceId: null } }
  return { ...dish, scope: scope as unknown as RestaurantScope<'menu:eighty_six'> }
}

test('is kept after the first guest, and asked about by every browser and cache on the way', async ({
  request,
}) => {
  // One that is a minute old is answered with once more while it is made anew.
  await expect.poll(async () => (await request.get(BERLIN)).headers()['x-nextjs-cache']).toBe('HIT')
  const kept = await request.get(BERLIN)
  expect(kept.headers()['cache-control']).toBe('no-cache')
  expect(kept.headers()['set-cookie']).toBeUndefined()
  expect(kept.headers()['content-security-policy']).toContain("form-action 'none'")
  expect(await kept.text()).not.toContain('<script')
  const unchanged = await request.get(BERLIN, { headers: { 'if-none-match': kept.headers().etag ?? '' } })
  expect(unchanged.status()).toBe(304)
})

test('shows at once what another process 86es and puts back', async ({ page }) => {
  const { id, name, scope } = await dishInBerlin()
  const entry = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) })
  const db = openDatabase(e2eDatabaseUrl(), { max: 1 })
  try {
    await page.goto(BERLIN)
    await expect(entry).toContainText('€')
    await eightySix(db, scope, { menuItemId: id, until: null })
    await expect(async () => {
      await page.reload()
      await expect(entry).toContainText('Sold out', { timeout: 10 })
    }).toPass()
    await unEightySix(db, scope, { menuItemId: id })
    await expect(async () => {
      await page.reload()
      await expect(entry).toContainText('€', { timeout: 10 })
    }).toPass()
  } finally {
    await unEightySix(db, scope, { menuItemId: id })
    await db.close()
  }
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('has each dish with its price, calories and allergens, by category', async ({ page }) => {
    await page.goto(BERLIN)
    const sections = await ask<{ name: string }>(
      `select c.name from categories c where c.is_active and exists (
         select from menu_items m where m.category_id = c.id and m.is_available)
       order by c.sort_order, c.name`,
    )
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(
      sections.map(({ name }) => name),
    )
    const [dish] = await ask<{ name: string; calories: number; allergens: string[] }>(
      `select m.name, m.calories, array_agg(distinct a order by a) as allergens
       from menu_items m
       join recipe_ingredients l on l.recipe_id = m.recipe_id
       join ingredients i on i.id = l.ingredient_id
       cross join unnest(i.allergens) a
       where m.is_available and m.calories is not null
       group by m.id having count(distinct a) > 1 order by m.id limit 1`,
    )
    const entry = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: dish?.name ?? '', exact: true }) })
    await expect(entry).toContainText(`${dish?.calories} kcal · Contains ${dish?.allergens.join(', ')}`)
  })
})

test.describe('an address of no restaurant', () => {
  test.use({ expectedConsoleErrors: [/404/] })

  for (const slug of ['nowhere', 'Berlin', 'a--b', '%00', '..%2Fmenu', 'x'.repeat(300)]) {
    test(`answers 404 (${slug.slice(0, 12)})`, async ({ page }) => {
      const response = await page.goto(`/m/${slug}`)
      expect(response?.status()).toBe(404)
    })
  }
})
