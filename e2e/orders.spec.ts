import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const NEW = '/orders/berlin/new'

type Dish = { id: number; name: string; price: number }

/** What Berlin can sell now, apart from the page's own query. */
const dishesOfBerlin = () =>
  ask<Dish>(
    `select m.id, m.name, coalesce(o.price, m.price) as price
     from restaurants r cross join menu_items m
     join categories c on c.id = m.category_id and c.is_active
     left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id
     where r.slug = 'berlin' and m.is_available and coalesce(o.is_available, true)
       and coalesce(o.eighty_six_until <= now(), true)
     order by m.name, m.id`,
  )

async function threeDishes(): Promise<[Dish, Dish, Dish]> {
  const [one, two, three] = await dishesOfBerlin()
  if (!one || !two || !three) throw new Error('Berlin sells more than two dishes.')
  return [one, two, three]
}

const ordersFor = (place: string) =>
  ask<{
    id: string
    order_number: string
    call_number: number
    status: string
    total: number
    phone: string
  }>(
    `select o.id, o.order_number, o.call_number, o.status, o.total, c.phone
     from orders o join restaurants r on r.id = o.restaurant_id and r.slug = 'berlin'
     left join customers c on c.id = o.customer_id where o.place_or_name = $1`,
    [place],
  )

const linesOf = (orderId: string | undefined) =>
  ask<{ name: string; quantity: number; special_requests: string }>(
    'select name, quantity, special_requests from order_items where order_id = $1 order by line',
    [orderId],
  )

const search = (page: Page) => page.getByRole('combobox', { name: 'Add a dish by name or number' })
const send = (page: Page) => page.getByRole('button', { name: 'Send to the kitchen' })

async function openForm(page: Page): Promise<void> {
  await page.goto(NEW)
  await expect(search(page)).toBeFocused()
}

async function addByName(page: Page, dish: Dish): Promise<void> {
  await search(page).fill(dish.name)
  await search(page).press('Enter')
  await expect(search(page)).toHaveValue('')
}

/** Sells a dish at another price in Berlin. */
const setPrice = (menuItemId: number, price: number | null) =>
  ask(
    `insert into menu_overrides (restaurant_id, menu_item_id, price)
     select id, $1, $2::int from restaurants where slug = 'berlin'
     on conflict (restaurant_id, menu_item_id) do update set price = excluded.price`,
    [menuItemId, price],
  )

const placed = (page: Page) => page.getByText('Order placed', { exact: true })
const nextOrder = (page: Page) => page.getByRole('button', { name: 'Next order' })

test('a phone order of three dishes is taken with the keyboard alone and appears on the wall', async ({
  page,
  login,
  context,
}) => {
  await login('kitchen')
  const [one, two, three] = await threeDishes()
  await openForm(page)
  const { keyboard } = page
  await keyboard.type(`2 ${one.name}`)
  await keyboard.press('Enter')
  await keyboard.type(String(two.id))
  await keyboard.press('Enter')
  await keyboard.type(three.name)
  await keyboard.press('Enter')
  await keyboard.type('3x')
  await keyboard.press('Enter')

  // Up to the last line and one above: a digit replaces the quantity, Enter leads to the note, and back.
  await keyboard.press('ArrowUp')
  await expect(page.getByLabel(`Quantity of ${three.name}`)).toBeFocused()
  await keyboard.press('ArrowUp')
  await keyboard.type('4')
  await keyboard.press('Enter')
  await keyboard.type('no salt')
  await keyboard.press('Enter')
  await expect(search(page)).toBeFocused()

  await keyboard.type('zzz')
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await expect(page.getByLabel('Dishes ordered').getByRole('listitem')).toHaveCount(3)

  await keyboard.press('Tab')
  for (let presses = 0; presses < 30; presses++) {
    if (
      await page.getByRole('radio', { name: 'Dine-in' }).evaluate((radio) => radio === document.activeElement)
    )
      break
    await keyboard.press('Tab')
  }
  await keyboard.press('ArrowRight')
  await keyboard.press('Tab')
  await keyboard.type('Ada Phone')
  await keyboard.press('Tab')
  await keyboard.type('030 1234')
  await keyboard.press('Control+Enter')

  await expect(nextOrder(page)).toBeFocused()
  const [order] = await ordersFor('Ada Phone')
  expect(order?.total).toBe(2 * one.price + 4 * two.price + 3 * three.price)
  expect(order?.phone).toBe('030 1234')
  await expect(page.getByText(`#${order?.call_number}`, { exact: true })).toBeVisible()
  expect(await linesOf(order?.id)).toEqual([
    { name: one.name, quantity: 2, special_requests: '' },
    { name: two.name, quantity: 4, special_requests: 'no salt' },
    { name: three.name, quantity: 3, special_requests: '' },
  ])

  const wall = await context.newPage()
  await wall.goto('/kitchen/berlin')
  await expect(wall.locator(`[data-ticket="${order?.id}"]`)).toContainText(three.name)
  await wall.close()

  await keyboard.press('Enter')
  await expect(search(page)).toBeFocused()
  await expect(page.getByLabel('Dishes ordered')).toHaveCount(0)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } })

  test('an order is taken with taps on targets of 56 pixels', async ({ page, login }) => {
    await login('kitchen')
    await page.goto(NEW)
    const dishes = page
      .getByRole('region', { name: 'Menu' })
      .getByRole('listitem')
      .getByRole('button', { disabled: false })
    await page.getByRole('group', { name: 'Categories' }).getByRole('button').nth(1).tap()
    const dish = dishes.first()
    const box = await dish.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(56)
    const name = (await dish.locator('span').first().textContent()) ?? ''
    await expect(send(page)).toBeInViewport()
    await dish.tap()
    await dish.tap()
    const more = page.getByRole('button', { name: `One ${name} more` })
    expect((await more.boundingBox())?.width).toBeGreaterThanOrEqual(56)
    await more.tap()
    await page.getByLabel('Table or name').fill('Touch 7')
    await expectAccessible(page)
    await send(page).tap()
    await expect(placed(page)).toBeVisible()
    const [order] = await ordersFor('Touch 7')
    expect(await linesOf(order?.id)).toEqual([{ name, quantity: 3, special_requests: '' }])
  })
})

test('a price that changed meanwhile is shown, everything typed stays, and the order goes at the new price', async ({
  page,
  login,
}) => {
  await login('kitchen')
  const [dish, other] = await threeDishes()
  await openForm(page)
  await addByName(page, dish)
  await addByName(page, other)
  await page.getByLabel(`Note for ${dish.name}`).fill('well done')
  await page.getByLabel('Table or name').fill('Price 1')
  await setPrice(dish.id, dish.price + 130)
  try {
    await send(page).click()
    await expect(page.getByText('Prices changed while you took this order')).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'The menu changed meanwhile' })).toBeVisible()
    expect(await ordersFor('Price 1')).toEqual([])
    await expect(page.getByLabel(`Note for ${dish.name}`)).toHaveValue('well done')
    await expect(page.getByLabel('Table or name')).toHaveValue('Price 1')
    await send(page).click()
    await expect(placed(page)).toBeVisible()
    expect((await ordersFor('Price 1')).map(({ total }) => total)).toEqual([dish.price + 130 + other.price])
  } finally {
    await setPrice(dish.id, null)
  }
})

test('a draft survives a reload, and clearing it can be undone', async ({ page, login }) => {
  await login('kitchen')
  const [dish] = await threeDishes()
  await openForm(page)
  await addByName(page, dish)
  await page.getByLabel('Table or name').fill('Reload 1')
  await page.reload()
  await expect(page.getByLabel(`Quantity of ${dish.name}`)).toHaveValue('1')
  await page.getByRole('button', { name: 'Clear this order' }).click()
  await expect(page.getByLabel(`Quantity of ${dish.name}`)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo clearing' }).click()
  await expect(page.getByLabel('Table or name')).toHaveValue('Reload 1')
  await page.getByRole('button', { name: 'Clear this order' }).click()
})

test('a double press places one order', async ({ page, login }) => {
  await login('kitchen')
  const [dish] = await threeDishes()
  await openForm(page)
  await addByName(page, dish)
  await page.getByLabel('Table or name').fill('Twice 1')
  await send(page).dblclick()
  await expect(placed(page)).toBeVisible()
  expect(await ordersFor('Twice 1')).toHaveLength(1)
})

test.describe('an answer that is lost', () => {
  test.use({
    expectedConsoleErrors: [/ERR_CONNECTION_RESET|ERR_FAILED|Failed to load resource|Failed to fetch/],
  })

  /** The server does its work; only its first answer never arrives. */
  async function loseFirstAnswer(page: Page): Promise<void> {
    let lost = false
    await page.route(`**${NEW}`, async (route) => {
      if (lost || route.request().method() !== 'POST') return route.continue()
      lost = true
      await route.fetch()
      await route.abort('connectionreset')
    })
  }

  test('is asked for again with the same key, and the order is placed once', async ({ page, login }) => {
    await login('kitchen')
    const [dish] = await threeDishes()
    await openForm(page)
    await addByName(page, dish)
    await page.getByLabel('Table or name').fill('Lost 1')
    await loseFirstAnswer(page)
    await send(page).click()
    await expect(page.getByRole('alert').filter({ hasText: 'it counts once' })).toBeVisible()
    expect(await ordersFor('Lost 1')).toHaveLength(1)
    await send(page).click()
    await expect(placed(page)).toBeVisible()
    expect(await ordersFor('Lost 1')).toHaveLength(1)
  })

  test('is told apart from another order that is made of the same form', async ({ page, login }) => {
    await login('kitchen')
    const [dish, other] = await threeDishes()
    await openForm(page)
    await addByName(page, dish)
    await page.getByLabel('Table or name').fill('Lost 2')
    await loseFirstAnswer(page)
    await send(page).click()
    await expect(page.getByRole('alert').filter({ hasText: 'it counts once' })).toBeVisible()
    await addByName(page, other)
    await send(page).click()
    await expect(page.getByRole('alert').filter({ hasText: 'placed with this form already' })).toBeVisible()
    expect(await ordersFor('Lost 2')).toHaveLength(1)
    await page.getByRole('button', { name: 'Send it as a further order' }).click()
    await expect(placed(page)).toBeVisible()
    expect((await ordersFor('Lost 2')).map(({ total }) => total).sort((a, b) => a - b)).toEqual([
      dish.price,
      dish.price + other.price,
    ])
  })
})

test('a dish that is 86’d while an order is taken can not be added any more', async ({
  page,
  login,
  context,
}) => {
  await login('kitchen')
  const dishes = await dishesOfBerlin()
  const dish = dishes.at(-1)
  if (!dish) throw new Error('Berlin sells nothing.')
  await openForm(page)
  const menu = await context.newPage()
  await menu.goto(`/menu?restaurant=berlin&q=${encodeURIComponent(dish.name)}`)
  await menu.getByRole('button', { name: `86 ${dish.name}`, exact: true }).click()
  await expect(menu.getByRole('status')).toContainText('86’d')
  await search(page).fill(dish.name)
  await expect(page.getByRole('option', { name: dish.name })).toHaveAttribute('aria-disabled', 'true')
  await search(page).press('Enter')
  await expect(page.getByLabel('Dishes ordered')).toHaveCount(0)
  await menu.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('option', { name: dish.name })).toHaveAttribute('aria-disabled', 'false')
  await menu.close()
})

async function takeOrder(page: Page, place: string, dishes: Dish[]) {
  await openForm(page)
  for (const dish of dishes) await addByName(page, dish)
  await page.getByLabel('Table or name').fill(place)
  await send(page).click()
  await expect(placed(page)).toBeVisible()
  const [order] = await ordersFor(place)
  if (!order) throw new Error(`No order for ${place} was stored.`)
  return order
}

const statusOf = async (id: string) =>
  (await ask<{ status: string }>('select status from orders where id = $1', [id]))[0]?.status

test('an order tells its history after it was confirmed, changed, bumped, recalled and cancelled', async ({
  page,
  login,
}) => {
  await login('manager')
  const [one, two] = await threeDishes()
  const { id, call_number: call } = await takeOrder(page, 'History 1', [one])
  await page.goto(`/orders/berlin/${id}`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  if ((await statusOf(id)) === 'pending') {
    await button('Confirm').click()
    await expect.poll(() => statusOf(id)).toBe('confirmed')
  }
  await expect(button('Start')).toBeVisible()

  await page.getByText('Change dishes…').click()
  await page.getByLabel(`Quantity of ${one.name}`, { exact: true }).fill('2')
  await page.getByLabel('Further dish 1', { exact: true }).fill(`${two.id} ${two.name}`)
  await button('Send the change to the kitchen').click()
  await expect(page.getByText(`Added 1 ${two.name}`).first()).toBeVisible()
  expect((await linesOf(id)).map(({ quantity }) => quantity)).toEqual([2, 1])

  for (const [name, status] of [
    ['Start', 'preparing'],
    ['Ready', 'ready'],
    ['Recall to the stove', 'preparing'],
  ] as const) {
    await button(name).click()
    await expect.poll(() => statusOf(id)).toBe(status)
  }
  await expect(button('Ready')).toBeVisible()
  await page.getByText('Cancel order…').click()
  await expect(page.getByText('Its ingredients are waste.').first()).toBeVisible()
  await button(`Cancel order #${call}`).click()
  await expect.poll(() => statusOf(id)).toBe('cancelled')

  const history = page.getByRole('region', { name: 'History' })
  for (const words of [
    'Placed',
    'Confirmed',
    'Changed',
    'Started',
    'Ready',
    'Recalled from ready',
    'Cancelled',
  ])
    await expect(history.getByText(words).first()).toBeVisible()
  await expect(history.getByText('Tom Okafor').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Stock' }).getByText('Waste').first()).toBeVisible()
  await expectAccessible(page)
})

test('whoever loses a race is told where the order is', async ({ page, login, context }) => {
  await login('kitchen')
  const [dish] = await threeDishes()
  const { id } = await takeOrder(page, 'Race 1', [dish])
  await page.goto(`/orders/berlin/${id}`)
  const other = await context.newPage()
  await other.goto(`/orders/berlin/${id}`)
  const step = (tab: Page) => tab.getByRole('button', { name: /^(Confirm|Start)$/ })
  const name = (await step(other).textContent()) ?? ''
  await step(other).click()
  await expect(other.getByRole('button', { name, exact: true })).toHaveCount(0)
  const now = await statusOf(id)
  await other.close()

  await step(page).click()
  await expect(page.getByRole('alert').filter({ hasText: `it is ${now} already` })).toBeVisible()
  expect(await statusOf(id)).toBe(now)
  await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
})

test('shows no stock to the kitchen, and no order to another restaurant', async ({ page, login }) => {
  await login('kitchen')
  const [berlin] = await ask<{ id: string }>(
    `select o.id from orders o join restaurants r on r.id = o.restaurant_id and r.slug = 'berlin' limit 1`,
  )
  await page.goto(`/orders/berlin/${berlin?.id}`)
  await expect(page.getByRole('region', { name: 'History' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Stock' })).toHaveCount(0)
})

test('finds orders by number, status and words, and turns pages that neither skip nor repeat', async ({
  page,
  login,
}) => {
  await login('manager')
  const [dish] = await threeDishes()
  const order = await takeOrder(page, 'Needle 1', [dish])
  await page.goto('/orders')
  await page.getByRole('link', { name: 'Berlin' }).first().click()
  await expect(page).toHaveURL(/\/orders\/berlin$/)

  await page.getByLabel('Search orders').fill('needle')
  await page.getByRole('button', { name: 'Show orders' }).click()
  await expect(page).toHaveURL(/q=needle/)
  const rows = page.locator('tbody tr')
  await expect(rows).toHaveCount(1)
  await page.getByRole('navigation', { name: 'Channel' }).getByRole('link', { name: 'Delivery' }).click()
  await expect(page.getByText('No order fits')).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).first().click()

  const today = await ask<{ call_number: number }>(
    `select o.call_number from orders o join restaurants r on r.id = o.restaurant_id and r.slug = 'berlin'
     where o.business_date = (select business_date from orders where id = $1) order by o.call_number desc`,
    [order.id],
  )
  const shown: string[] = []
  for (;;) {
    await expect(page.locator('tbody th').first()).toBeVisible()
    shown.push(...(await page.locator('tbody th').allTextContents()))
    const more = page.getByRole('link', { name: 'Earlier orders' })
    if ((await more.count()) === 0) break
    const url = page.url()
    await more.click()
    await page.waitForURL((next) => String(next) !== url)
  }
  expect(shown).toEqual(today.map(({ call_number: call }) => `#${call}`))

  await page.goto('/orders/berlin')
  await page.getByLabel('Search orders').fill(order.order_number.toLowerCase())
  await page.getByRole('button', { name: 'Show orders' }).click()
  await expect(page).toHaveURL(new RegExp(order.id))
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an order is taken, moved on and cancelled all the same', async ({ page, login }) => {
    await login('kitchen')
    const [one, two] = await threeDishes()
    const field = (name: string) => page.getByRole('textbox', { name })
    await page.goto(NEW)
    await expect(search(page)).toBeHidden()
    await field('Table or name').fill('Plain 1')
    await send(page).click()
    await expect(page.getByRole('alert').first()).not.toBeEmpty()
    await expect(field('Table or name')).toHaveValue('Plain 1')
    await page.getByRole('combobox', { name: 'Dish 1' }).fill(`${one.id} ${one.name}`)
    await field('Quantity 2').fill('3')
    await page.getByRole('combobox', { name: 'Dish 2' }).fill(String(two.id))
    await field('Note 2').fill('rare')
    await send(page).click()
    await expect(page.getByRole('link', { name: 'See this order' })).toBeVisible()
    const [order] = await ordersFor('Plain 1')
    expect(await linesOf(order?.id)).toEqual([
      { name: one.name, quantity: 1, special_requests: '' },
      { name: two.name, quantity: 3, special_requests: 'rare' },
    ])

    await page.getByRole('link', { name: 'See this order' }).click()
    await page.getByText('Cancel order…').click()
    await page.getByRole('button', { name: `Cancel order #${order?.call_number}` }).click()
    await expect(page.getByText('Cancelled').first()).toBeVisible()
    expect(await statusOf(order?.id ?? '')).toBe('cancelled')
  })
})
