import { randomUUID } from 'node:crypto'
import { openDatabase } from '@/db/client'
import { findPersonForOperator } from '@/db/queries/access'
import { getFigures } from '@/db/queries/reports/figures'
import { listProductMix } from '@/db/queries/reports/product-mix'
import { restaurantScope, systemScope } from '@/domain/scope'
import { ask, e2eDatabaseUrl, makeApiKey } from './database'
import { expect, test } from './fixtures'

type Order = { id: string; callNumber: number; total: number; businessDate: string }

/** A dish that Berlin sells right now, with what its card takes off the stock. */
async function aDish(): Promise<{ id: number; name: string; price: number }> {
  const [dish] = await ask<{ id: number; name: string; price: number }>(
    `select i.id, i.name, coalesce(o.price, i.price) as price
     from menu_items i
     join categories c on c.id = i.category_id and c.is_active
     join restaurants r on r.slug = 'berlin'
     left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = i.id
     where i.is_available and i.recipe_id is not null and o.is_available is not false
       and (o.eighty_six_until is null or o.eighty_six_until <= now())
     order by i.id limit 1`,
  )
  if (!dish) throw new Error('The demo chain sells something in Berlin.')
  return dish
}

const movementsOf = (orderId: string) =>
  ask<{ ingredient: number; quantity: string; kind: string }>(
    `select ingredient_id as ingredient, trim_scale(quantity) as quantity, kind
     from stock_movements where order_id = $1 order by ingredient_id`,
    [orderId],
  )

const cardOf = (dishId: number, portions: number) =>
  ask<{ ingredient: number; quantity: string; kind: string }>(
    `select l.ingredient_id as ingredient, trim_scale(-l.quantity * $2::int) as quantity, 'consumed' as kind
     from menu_items i join recipe_ingredients l on l.recipe_id = i.recipe_id
     where i.id = $1 order by l.ingredient_id`,
    [dishId, portions],
  )

test('an order posted over HTTP is cooked, bumped through to delivered, off the stock and in the figures', async ({
  page,
  login,
  request,
}) => {
  const dish = await aDish()
  const key = await makeApiKey('berlin', `first order ${randomUUID().slice(0, 8)}`)
  const headers = { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() }
  const body = {
    channel: 'dine_in',
    placeOrName: 'T99',
    lines: [{ menuItemId: dish.id, quantity: 2, specialRequests: 'allergy: sesame' }],
    expectedTotal: 2 * dish.price,
  }

  const placed = await request.post('/api/v1/orders', { headers, data: body })
  expect(placed.status()).toBe(201)
  const first = await placed.text()
  const order = JSON.parse(first) as Order
  const again = await request.post('/api/v1/orders', { headers, data: body })
  expect(await again.text()).toBe(first)
  const other = await request.post('/api/v1/orders', { headers, data: { ...body, placeOrName: 'T98' } })
  expect(other.status()).toBe(422)

  await login('kitchen')
  await page.goto('/kitchen/berlin')
  const ticket = page.locator(`[data-ticket="${order.id}"]`)
  await expect(ticket).toContainText(`#${order.callNumber}`)
  await expect(ticket).toContainText('T99')
  await expect(ticket).toContainText(dish.name)
  await expect(ticket).toContainText('allergy: sesame')

  const status = async () =>
    (await ask<{ status: string }>('select status from orders where id = $1', [order.id]))[0]?.status
  const before = await status()
  expect(['pending', 'confirmed']).toContain(before)
  for (const [button, reached] of [
    ['Confirm', 'confirmed'],
    ['Start', 'preparing'],
    ['Ready', 'ready'],
    ['Hand over', 'delivered'],
  ] as const) {
    if (reached === before) continue
    await ticket.getByRole('button', { name: button }).click()
    await expect.poll(status).toBe(reached)
  }
  await expect(ticket).toHaveCount(0)
  expect(await movementsOf(order.id)).toEqual(await cardOf(dish.id, 2))

  const kept = await ask<{ kind: string }>(
    'select kind from order_events where order_id = $1 order by seq, n',
    [order.id],
  )
  expect(kept.map(({ kind }) => kind)).toEqual(['placed', 'confirmed', 'preparing', 'ready', 'delivered'])

  const counted = await reported(order.businessDate, dish.id)
  const [today] = await ask<{ completed: number; revenue: string; units: number }>(
    `select count(*) filter (where o.status = 'delivered')::int as completed,
       sum(o.total) filter (where o.confirmed_at is not null and o.status <> 'cancelled') as revenue,
       (select sum(i.quantity)::int from order_items i join orders s on s.restaurant_id = i.restaurant_id and s.id = i.order_id
        where s.restaurant_id = min(o.restaurant_id) and s.business_date = $1 and i.menu_item_id = $2
          and s.confirmed_at is not null and s.status <> 'cancelled') as units
     from orders o join restaurants r on r.id = o.restaurant_id and r.slug = 'berlin' where o.business_date = $1`,
    [order.businessDate, dish.id],
  )
  expect(counted).toEqual(today)
  expect(today?.units).toBeGreaterThanOrEqual(2)
})

/** What the reports say of Berlin's day, which is not closed yet. */
async function reported(date: string, menuItemId: number) {
  const db = openDatabase(e2eDatabaseUrl(), { max: 1 })
  try {
    const person = await findPersonForOperator(db, systemScope(), { email: null })
    const scope = person && restaurantScope(person, 'berlin', 'reports:read')
    if (!scope) throw new Error('There is no admin who sees Berlin.')
    const range = { from: date, to: date }
    const [day] = await getFigures(db, scope, { ranges: [range], outliers: 'included' })
    const sold = (await listProductMix(db, scope, { range })).find((row) => row.menuItemId === menuItemId)
    return { completed: day?.completed, revenue: String(day?.revenue), units: sold?.units }
  } finally {
    await db.close()
  }
}
