import type { Locator, Page } from '@playwright/test'
import type { MenuDetails } from '@/domain/api'
import { ask, makeApiKey } from './database'
import { expect } from './fixtures'

/** What the browser tests of the wall share. */

export const ticketOf = (page: Page, id: string): Locator => page.locator(`[data-ticket="${id}"]`)

/** The button that stands for a ticket's next step. */
export const pressOf = (page: Page, id: string): Locator => ticketOf(page, id).locator('[name=move]').last()

export const isLive = (page: Page): Promise<void> =>
  expect(page.getByText(/^live · confirmed \d s ago$/)).toBeVisible({ timeout: 20_000 })

export async function statusOf(id: string): Promise<string | undefined> {
  const [order] = await ask<{ status: string }>('select status from orders where id = $1', [id])
  return order?.status
}

/** The first ticket on the wall with this status: its id, and its place from 1. */
export async function ticketThatIs(page: Page, status: string): Promise<{ id: string; place: number }> {
  const shown = await page
    .locator('[data-ticket]')
    .evaluateAll((tickets) => tickets.map((ticket) => ({ ...(ticket as HTMLElement).dataset })))
  const index = shown.findIndex((ticket) => ticket.status === status)
  const id = shown[index]?.ticket
  if (!id) throw new Error(`No ticket is ${status}.`)
  return { id, place: index + 1 }
}

type Line = { menuItemId: number; quantity: number; specialRequests?: string }

/** Dishes of a station that a restaurant sells, by name. */
export const dishesOf = (slug: string, station: string): Promise<{ id: number; name: string }[]> =>
  ask(
    `select m.id, m.name from menu_items m
     join categories c on c.id = m.category_id and c.is_active
     join restaurants r on r.slug = $1
     left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = m.id
     where m.station = $2 and m.is_available and o.is_available is not false
       and o.eighty_six_until is null and o.portions_left is null
     order by m.name`,
    [slug, station],
  )

/** A POS with a key for a restaurant, which orders over HTTP, by a network of its own. */
export class Pos {
  #count = 0
  private constructor(
    private readonly baseURL: string,
    private readonly key: string,
  ) {}

  static async open(slug: string, baseURL: string | undefined): Promise<Pos> {
    return new Pos(baseURL ?? '', await makeApiKey(slug, 'wall test'))
  }

  /** Returns the order's id. */
  async order(placeOrName: string, lines: readonly Line[]): Promise<string> {
    const answer = await this.#write('POST', '', { channel: 'dine_in', placeOrName, lines })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { id: string }).id
  }

  async change(id: string, change: object): Promise<void> {
    expect((await this.#write('PATCH', `/${id}`, change)).status).toBe(200)
  }

  async cancel(id: string): Promise<void> {
    expect((await this.#write('POST', `/${id}/cancel`, {})).status).toBe(200)
  }

  /** Whether the restaurant's menu, as software reads it, has a dish to order. */
  async isAvailable(menuItemId: number): Promise<boolean | undefined> {
    const answer = await fetch(`${this.baseURL}/api/v1/menu`, {
      headers: { authorization: `Bearer ${this.key}` },
    })
    expect(answer.status).toBe(200)
    const { categories } = (await answer.json()) as MenuDetails
    return categories.flatMap(({ dishes }) => dishes).find(({ id }) => id === menuItemId)?.available
  }

  /** Returns the HTTP status. */
  async orderStatus(lines: readonly Line[]): Promise<number> {
    return (await this.#write('POST', '', { channel: 'dine_in', lines })).status
  }

  #write(method: 'POST' | 'PATCH', path: string, body: object): Promise<Response> {
    return fetch(`${this.baseURL}/api/v1/orders${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
        'idempotency-key': `wall-test-${Date.now()}-${++this.#count}`,
      },
      body: JSON.stringify(body),
    })
  }
}
