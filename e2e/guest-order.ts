import { ask, makeApiKey } from './database'
import { expect } from './fixtures'

/** A guest's order in Tokyo, as a web shop sends it; its name is its key, too. Returns the order's id. */
export async function orderFor(name: string, baseURL: string): Promise<string> {
  const [dish] = await ask<{ id: number }>('select id from menu_items where is_available order by id limit 1')
  const key = await makeApiKey('tokyo', 'web shop of the tests')
  const response = await fetch(`${baseURL}/api/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': name, 'content-type': 'application/json' },
    body: JSON.stringify({
      channel: 'delivery',
      placeOrName: name,
      customer: { name, phone: '+81 3 5550 4711' },
      lines: [{ menuItemId: dish?.id, quantity: 1 }],
    }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}
