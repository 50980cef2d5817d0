import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { STATIONS } from '@/domain/vocabulary'
import { ask } from './database'
import { expect, test } from './fixtures'
import { dishesOf, isLive, Pos } from './wall'

const TOKYO = '/kitchen/tokyo'
const SCREENS = [
  { name: '1080p', width: 1920, height: 1080 },
  { name: '4k', width: 3840, height: 2160 },
]

/** What guests want with it, now and then. */
const NOTES = ['No onion', 'Allergy: nuts', 'Sauce on the side', 'Well done', 'Child’s portion']

const clearTokyo = () =>
  ask(
    `update orders o set status = 'delivered', unacknowledged = null, confirmed_at = coalesce(confirmed_at, now()),
       preparing_at = coalesce(preparing_at, now()), ready_at = coalesce(ready_at, now()), delivered_at = now()
     from restaurants r where r.id = o.restaurant_id and r.slug = 'tokyo'
       and o.status in ('pending', 'confirmed', 'preparing', 'ready')`,
  )

/** Two of three are being cooked, and they have waited the longer the earlier they came. */
const ageTokyo = () =>
  ask(
    `with open as (
       select o.restaurant_id, o.id, row_number() over (order by o.id desc) as n from orders o
       join restaurants r on r.id = o.restaurant_id and r.slug = 'tokyo'
       where o.status in ('pending', 'confirmed', 'preparing', 'ready')
     ), cooking as (
       update order_items i set status = case when (i.line + open.n) % 3 = 0 then 'done' else 'cooking' end
       from open where i.restaurant_id = open.restaurant_id and i.order_id = open.id and open.n % 3 > 0
     )
     update orders o set status = case when open.n % 3 > 0 then 'preparing' else 'confirmed' end,
       confirmed_at = at, created_at = at, preparing_at = case when open.n % 3 > 0 then at end
     from open, lateral (select now() - make_interval(secs => 40 + 780 * open.n / (open.n + 8.0))) as aged (at)
     where o.restaurant_id = open.restaurant_id and o.id = open.id`,
  )

/** Tells the walls that something was written, as every mutation does. */
const tellTokyo = () =>
  ask(
    `with fed as (
       update kitchen_feed f set seq = seq + 1 from restaurants r
       where r.id = f.restaurant_id and r.slug = 'tokyo' returning f.restaurant_id
     )
     select pg_notify('kitchen', restaurant_id::text) from fed`,
  )

/** So many orders of one to five dishes, the same each time. */
async function orderMany(pos: Pos, count: number): Promise<void> {
  const menu = (await Promise.all(STATIONS.map((station) => dishesOf('tokyo', station)))).flat()
  for (let order = 0; order < count; order++) {
    const lines = Array.from({ length: 1 + ((order * 7) % 5) }, (_, line) => ({
      menuItemId: menu[(order * 11 + line * 5) % menu.length]?.id ?? 0,
      quantity: 1 + ((order + line) % 4 === 0 ? 1 : 0),
      specialRequests: (order + line) % 4 === 1 ? (NOTES[(order + line) % NOTES.length] ?? '') : '',
    }))
    await pos.order(`T${1 + ((order * 5) % 24)}`, lines)
  }
}

/** As WebP, a third of the size of a PNG. The browser itself can write it. */
async function keepImage(page: Page, path: string): Promise<void> {
  const png = (await page.screenshot()).toString('base64')
  const webp = await page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    return canvas.toDataURL('image/webp', 0.8).replace(/^.*,/, '')
  }, png)
  writeFileSync(path, Buffer.from(webp, 'base64'))
}

for (const count of [4, 14, 60]) {
  // `BRIGADE_IMAGES=1 npm test -- e2e wall-images` also writes the pictures of the documentation.
  test(`of ${count} open tickets each is on the screen or counted, at 1080p and in 4K`, async ({
    page,
    login,
    baseURL,
  }) => {
    await login('admin')
    await clearTokyo()
    await orderMany(await Pos.open('tokyo', baseURL), count)
    await ageTokyo()
    await tellTokyo()
    for (const { name, width, height } of SCREENS) {
      await page.setViewportSize({ width, height })
      await page.goto(TOKYO)
      await isLive(page)
      await expect(page.locator('[data-ticket]')).toHaveCount(count)
      const whole = await page.locator('[data-ticket]').evaluateAll((tickets) => {
        const right = tickets[0]?.parentElement?.getBoundingClientRect().right ?? 0
        return tickets.filter((ticket) => ticket.getBoundingClientRect().right <= right + 1).length
      })
      const more = page.getByRole('button', { name: /^\+\d+ more$/ })
      if (whole === count) await expect(more).toHaveCount(0)
      else await expect(more).toHaveText(`+${count - whole} more`)
      const cooking = page.getByLabel('Today').locator('div').filter({ hasText: 'Preparing' })
      await expect(cooking.getByRole('definition')).toHaveText(String(count - Math.floor(count / 3)))
      if (process.env.BRIGADE_IMAGES) await keepImage(page, `docs/images/wall-${name}-${count}.webp`)
    }
  })
}
