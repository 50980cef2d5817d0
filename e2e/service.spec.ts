import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect } from './fixtures'
import { test } from './network'
import { dishesOf, isLive, Pos, pressOf, statusOf, ticketOf } from './wall'

const LONDON = '/kitchen/london'
const NO_CONTACT_FOR_20_S = /^No contact for 2\d s\. Orders may be missing\.$/

test.use({ expectedConsoleErrors: [/Failed to load resource/] })

/** How many tones a page has begun: the speaker itself can't be asked. */
const tones = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.documentElement.dataset.tones ?? 0))

/** For `addInitScript`: runs in the page. */
function countTones(): void {
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...args) {
    const { dataset } = document.documentElement
    dataset.tones = String(Number(dataset.tones ?? 0) + 1)
    return start.apply(this, args)
  }
}

const linesOf = async (id: string): Promise<string[]> =>
  (
    await ask<{ status: string }>('select status from order_items where order_id = $1 order by line', [id])
  ).map(({ status }) => status)

test('a service: two stations and expo, change, cancel, recall, 86, and a network that goes away', async ({
  page: grill,
  context,
  login,
  network,
  baseURL,
}) => {
  test.setTimeout(180_000)
  await login('manager')
  await context.addInitScript(countTones)
  const [pasta, expo] = [await context.newPage(), await context.newPage()]
  await grill.goto(`${LONDON}?station=grill`)
  await pasta.goto(`${LONDON}?station=pasta`)
  await expo.goto(`${LONDON}?station=expo`)
  for (const screen of [grill, pasta, expo]) await isLive(screen)
  const pos = await Pos.open('london', baseURL)
  const [[meat, otherMeat], [noodles]] = [
    await dishesOf('london', 'grill'),
    await dishesOf('london', 'pasta'),
  ]
  if (!meat || !otherMeat || !noodles) throw new Error('London sells nothing from the grill, or no pasta.')
  const both = [
    { menuItemId: meat.id, quantity: 1, specialRequests: 'Allergy: nuts' },
    { menuItemId: noodles.id, quantity: 2 },
  ]

  await test.step('an order sounds at its station, and each station sees its own part', async () => {
    await grill.getByRole('button', { name: /Choose sounds/ }).click()
    await grill.getByRole('switch', { name: 'New tickets' }).click()
    await expect.poll(() => tones(grill)).toBe(2)
    await grill.getByRole('button', { name: 'Close' }).click()
    const id = await pos.order('S1', both)
    await expect(ticketOf(grill, id)).toContainText(meat.name)
    await expect.poll(() => tones(grill)).toBe(4)
    await expect(ticketOf(grill, id).locator('strong')).toHaveText('Allergy: nuts')
    await expect(ticketOf(grill, id)).not.toContainText(noodles.name)
    await expect(ticketOf(pasta, id)).not.toContainText(meat.name)
    expect(await tones(pasta), 'off until somebody touches it').toBe(0)

    await pressOf(grill, id).click()
    await expect(ticketOf(expo, id).locator('button[aria-pressed="true"]')).toContainText(meat.name)
    await expect(ticketOf(expo, id)).toHaveAttribute('data-status', 'preparing')
    await grill.getByRole('button', { name: /the last one bumped here/ }).click()
    await expect(ticketOf(grill, id)).toBeVisible()
    await expect(ticketOf(expo, id).locator('button[aria-pressed="true"]')).toHaveCount(0)
    await pressOf(grill, id).click()
    await pressOf(pasta, id).click()
    await expect(ticketOf(expo, id)).toHaveAttribute('data-status', 'ready')
    await pressOf(expo, id).click()
    await expect.poll(() => statusOf(id)).toBe('delivered')
  })

  await test.step('what changes after it was fired stays amber, and what is cancelled struck, until it is seen', async () => {
    const id = await pos.order('S2', both)
    await expect(ticketOf(grill, id)).toBeVisible()
    await pos.change(id, { change: [{ line: 1, quantity: 3 }] })
    await expect(ticketOf(grill, id)).toContainText('changed')
    await expect(ticketOf(grill, id).locator('del')).toHaveText('1')
    await expect(ticketOf(grill, id)).toContainText('3')
    await expect(ticketOf(pasta, id), 'nothing changed there').not.toContainText('changed')
    await pressOf(grill, id).click()
    await expect(pressOf(grill, id)).toContainText('Done')
    await expect(ticketOf(expo, id)).not.toContainText('changed')

    await pos.cancel(id)
    await expect(ticketOf(pasta, id)).toContainText('cancelled')
    await expect(pressOf(expo, id)).toContainText('Acknowledge')
    await pressOf(pasta, id).click()
    for (const screen of [grill, pasta, expo]) await expect(ticketOf(screen, id)).toHaveCount(0)
  })

  await test.step('a dish that is 86’d on one wall is off on all and for the POS, until it is put back', async () => {
    await expo.getByRole('button', { name: '86 a dish' }).click()
    await expo.getByRole('searchbox').fill(otherMeat.name)
    await expo.getByRole('dialog').getByRole('button', { name: otherMeat.name, exact: true }).click()
    await expo.getByRole('button', { name: 'Off until I say so' }).click()
    const strip = grill.getByRole('region', { name: '86' })
    await expect(strip).toContainText(otherMeat.name)
    expect(await pos.orderStatus([{ menuItemId: otherMeat.id, quantity: 1 }])).toBe(422)
    await strip.getByRole('button', { name: otherMeat.name }).click()
    await expect(grill.getByRole('status')).toContainText('on the menu again')
    await expect(strip.getByText(otherMeat.name)).toHaveCount(0)
    await grill.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await expect(strip).toContainText(otherMeat.name)
    await strip.getByRole('button', { name: otherMeat.name }).click()
    await expect(strip.getByText(otherMeat.name)).toHaveCount(0)
  })

  await test.step('two presses made while the network is away for 20 seconds are done once, in order', async () => {
    const ids = [await pos.order('S3', both), await pos.order('S4', both)]
    for (const id of ids) await expect(ticketOf(grill, id)).toBeVisible()
    network.cut()
    for (const id of ids) await pressOf(grill, id).click()
    for (const id of ids) await expect(grill.locator(`[data-ghost="${id}"]`)).toContainText('Not sent yet')
    const missed = await pos.order('S5', both)
    await expect(grill.getByText(NO_CONTACT_FOR_20_S)).toBeVisible({ timeout: 40_000 })
    await expect(grill.getByText('2 presses wait to be sent.')).toBeVisible()
    for (const id of ids) expect(await linesOf(id)).toEqual(['waiting', 'waiting'])

    network.restore()
    await expect(ticketOf(grill, missed)).toBeVisible()
    for (const id of ids) await expect.poll(() => linesOf(id)).toEqual(['done', 'waiting'])
    const events = await ask<{ id: string; kind: string }>(
      `select order_id as id, kind from order_events where order_id = any($1::uuid[])
       and kind in ('preparing', 'item_status') order by seq, n`,
      [`{${ids.join(',')}}`],
    )
    expect(events).toEqual(
      ids.flatMap((id) => [
        { id, kind: 'preparing' },
        { id, kind: 'item_status' },
      ]),
    )
  })
})
