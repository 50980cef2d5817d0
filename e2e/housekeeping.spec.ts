import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { keepHouse } from '@/db/jobs/housekeeping/keep-house'
import { ask, e2eDatabaseUrl, makeApiKey } from './database'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures'

/** An order that came in days ago and that nobody touched since. Returns its number to call. */
async function forgottenOrder(request: APIRequestContext): Promise<{ id: string; call: number }> {
  const key = await makeApiKey('london', `left open ${randomUUID().slice(0, 8)}`)
  const [dish] = await ask<{ id: number }>(
    `select i.id from menu_items i join categories c on c.id = i.category_id and c.is_active
     where i.is_available and not exists (select from menu_overrides o where o.menu_item_id = i.id) order by i.id limit 1`,
  )
  const placed = await request.post('/api/v1/orders', {
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() },
    data: { channel: 'dine_in', placeOrName: 'Table of old', lines: [{ menuItemId: dish?.id, quantity: 1 }] },
  })
  const { id } = (await placed.json()) as { id: string }
  const [order] = await ask<{ call: number }>(
    `update orders o set business_date = o.business_date - 2,
       call_number = 1 + (select coalesce(max(call_number), 0) from orders d
         where d.restaurant_id = o.restaurant_id and d.business_date = o.business_date - 2)
     where id = $1 returning call_number as call`,
    [id],
  )
  return { id, call: order?.call ?? 0 }
}

test('a ticket that was left open is found, and handed over in one go', async ({ page, login, request }) => {
  const { id, call } = await forgottenOrder(request)
  await login('manager')
  await page.goto('/kitchen')
  await page.getByRole('link', { name: /tickets left open in .*London/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Left open')
  const row = page.getByRole('row').filter({ hasText: 'Table of old' })
  await expect(row).toContainText(`#${call}`)
  await expect(row.getByRole('checkbox')).toBeChecked()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)

  await row.getByRole('checkbox').uncheck()
  await page.getByRole('button', { name: 'Cancel them' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'No ticket is chosen' })).toBeVisible()
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'They were handed over' }).click()
  await expect(page.getByText('No ticket was left open')).toBeVisible()
  expect(await ask('select status from orders where id = $1', [id])).toEqual([{ status: 'delivered' }])
})

test('jobs show what they came to, and one that fails again and again what to do', async ({
  page,
  login,
}) => {
  const kept = await keepHouse(e2eDatabaseUrl(), { only: ['walls'] })
  expect(kept.led && kept.value[0]?.result).toBe('done')
  await ask(`insert into housekeeping_runs (job, finished_at, result, error)
    select 'photos', now(), 'failed', 'EACCES: permission denied, unlink' from generate_series(1, 3)`)
  try {
    await login('admin')
    await page.goto('/database')
    const jobs = page.getByRole('region', { name: 'Jobs' })
    await expect(jobs.getByRole('row').filter({ hasText: 'Delete old answers to walls' })).toContainText(
      'just now',
    )
    await expect(jobs.getByRole('row').filter({ hasText: 'Remove photos' })).toContainText('failed 3 times')
    await expect(jobs).toContainText('EACCES: permission denied, unlink')
    await expect(jobs).toContainText('Look whether this machine may write')
    await expectAccessible(page)
  } finally {
    await ask(`delete from housekeeping_runs where job = 'photos'`)
  }
})
