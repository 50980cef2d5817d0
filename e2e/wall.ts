import type { Locator, Page } from '@playwright/test'
import { ask } from './database'
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
