import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

/** Dishes of this file's own, which nobody else's tests look for. */
const KEY = 'Verbena'

test.beforeEach(async () => {
  await ask(`update menu_items set name = 'Gone', is_available = false where name like '${KEY} %'`)
  await ask(
    `insert into menu_items (name, description, price, category_id, preparation_time, station)
     select '${KEY} ' || n, '', 1000 + 100 * n, (select min(id) from categories), 5, 'grill' from generate_series(1, 3) n`,
  )
})

test.afterAll(async () => {
  await ask(`update menu_items set name = 'Gone', is_available = false where name like '${KEY} %'`)
})

const stored = async () =>
  (
    await ask<{ price: number; on: boolean }>(
      `select price, is_available as on from menu_items where name like '${KEY} %' order by name`,
    )
  ).map(({ price, on }) => (on ? price : -price))

const LIST = `/menu?q=${KEY}&sort=name`
const priceOf = (page: Page, n: number) => page.getByRole('button', { name: `Price of ${KEY} ${n}:` })

test('an admin changes prices and availability in the list with the keyboard alone', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto(LIST)
  await priceOf(page, 2).focus()
  await page.keyboard.press('Enter')
  const field = page.getByLabel(`New price of ${KEY} 2`)
  await expect(field).toBeFocused()
  await expectAccessible(page)
  // Escape leaves it as it was.
  await page.keyboard.type('99')
  await page.keyboard.press('Escape')
  await expect(priceOf(page, 2)).toBeFocused()
  await expect(field).toBeHidden()
  expect(await stored()).toEqual([1100, 1200, 1300])

  await page.keyboard.press('Enter')
  await page.keyboard.type('13.50')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText(`${KEY} 2 costs €13.50 now, after €12.00.`)
  await expect(priceOf(page, 2)).toBeFocused()
  expect(await stored()).toEqual([1100, 1350, 1300])
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(page.getByRole('status')).toContainText('costs €12.00 now')
  expect(await stored()).toEqual([1100, 1200, 1300])

  await page.getByRole('switch', { name: `${KEY} 1 on the menu` }).press('Enter')
  await expect(page.getByRole('status')).toContainText(`${KEY} 1 is off the menu in the whole chain.`)
  await expect(page.getByRole('switch', { name: `${KEY} 1 on the menu` })).toHaveCount(0)
  await page.getByRole('link', { name: /^Not on the menu/ }).click()
  await page.getByRole('switch', { name: `${KEY} 1 on the menu` }).press('Space')
  await expect(page.getByRole('status')).toContainText(`${KEY} 1 is on the chain’s menu.`)
  expect(await stored()).toEqual([1100, 1200, 1300])
})

test('a price that somebody else changed meanwhile is told, and nothing is overwritten unseen', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto(LIST)
  await ask(`update menu_items set price = 7700 where name = '${KEY} 3'`)
  await priceOf(page, 3).press('Enter')
  await page.keyboard.type('14')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'meanwhile' })).toContainText(
    `Somebody else set the price of ${KEY} 3 to €77.00`,
  )
  expect((await stored())[2]).toBe(7700)
  await page.getByRole('button', { name: 'Make it €14.00 all the same' }).click()
  await expect(page.getByRole('status')).toContainText('costs €14.00 now, after €77.00')
  expect((await stored())[2]).toBe(1400)
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a slip is told beside its field; ticked dishes and all that are found are changed after a preview, and back', async ({
      page,
      login,
    }) => {
      await login('admin')
      await page.goto(LIST)
      await priceOf(page, 1).press('Enter')
      await page.getByLabel(`New price of ${KEY} 1`).fill('cheap')
      await page.getByRole('button', { name: 'Save' }).first().click()
      await expect(page.getByText(/Write a price such as 12\.50/)).toBeVisible()
      await expect(page.getByLabel(`New price of ${KEY} 1`)).toHaveValue('cheap')
      await page.getByLabel(`New price of ${KEY} 1`).fill('11,20')
      await page.getByRole('button', { name: 'Save' }).first().click()
      await expect(page.getByRole('status')).toContainText('costs €11.20 now')
      expect(await stored()).toEqual([1120, 1200, 1300])

      await page.getByLabel(`Tick ${KEY} 1`).check()
      await page.getByLabel(`Tick ${KEY} 3`).check()
      await page.getByRole('button', { name: 'Change ticked dishes' }).click()
      await expect(page.getByText('2 dishes, live in the whole chain')).toBeVisible()
      await page.getByLabel('By', { exact: true }).fill('10')
      await page.getByLabel('Rounded').selectOption({ label: 'ending in .90' })
      await page.getByRole('button', { name: 'Preview' }).click()
      const rows = page.getByRole('table', { name: 'What changes' }).locator('tbody tr')
      await expect(rows).toHaveCount(2)
      await expect(rows.nth(0)).toContainText(/Verbena 1.*€11\.20€11\.90\+€0\.70/)
      await expect(rows.nth(1)).toContainText(/Verbena 3.*€13\.00€13\.90\+€0\.90/)
      if (javaScriptEnabled) await expectAccessible(page)
      // Somebody else is faster with one of them.
      await ask(`update menu_items set price = 5000 where name = '${KEY} 3'`)
      await page.getByRole('button', { name: 'Change 2 dishes' }).click()
      await expect(page.getByRole('status')).toContainText('1 dish was changed.')
      await expect(page.getByText('1 dish was left alone')).toBeVisible()
      expect(await stored()).toEqual([1190, 1200, 5000])
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(page.getByRole('status')).toContainText('Undone')
      expect(await stored()).toEqual([1120, 1200, 5000])

      await page.goto(LIST)
      await page.getByRole('button', { name: 'Change all 3 dishes' }).click()
      await page.getByLabel('Change', { exact: true }).selectOption('Take off the menu')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByRole('button', { name: 'Change 3 dishes' }).click()
      await expect(page.getByRole('status')).toContainText('3 dishes were changed.')
      expect(await stored()).toEqual([-1120, -1200, -5000])
    })
  })
}

test('in a change set, one dish and many change for nobody before it is published', async ({
  page,
  login,
  baseURL,
}) => {
  const [set] = await ask<{ id: number }>(
    `insert into change_sets (name, created_by)
     select 'Summer ' || gen_random_uuid(), min(id) from users where role = 'admin' returning id`,
  )
  await login('admin')
  await page.context().addCookies([{ name: 'brigade_changes', value: String(set?.id), url: baseURL ?? '' }])
  await page.goto(LIST)
  await priceOf(page, 1).press('Enter')
  await page.getByLabel(`New price of ${KEY} 1`).fill('15')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText(`In the change set: ${KEY} 1 costs €15.00 now`)
  await expect(priceOf(page, 1)).toContainText('€15.00')
  await expect(priceOf(page, 1)).toContainText('not live yet')
  await page.getByRole('button', { name: 'Change all 3 dishes' }).click()
  await page.getByLabel('By', { exact: true }).fill('100')
  await page.getByRole('button', { name: 'Preview' }).click()
  const rows = page.getByRole('table', { name: 'What changes' }).locator('tbody tr')
  await expect(rows.nth(0)).toContainText(/€15\.00€30\.00/)
  await page.getByRole('button', { name: 'Change 3 dishes' }).click()
  await expect(page.getByRole('status')).toContainText('They go live with the change set “Summer')
  expect(await stored()).toEqual([1100, 1200, 1300])
  expect(
    await ask(
      `select (e.patch ->> 'price')::int as price from change_set_edits e where change_set_id = $1 order by subject_id`,
      [set?.id],
    ),
  ).toEqual([{ price: 3000 }, { price: 2400 }, { price: 2600 }])
  await ask(`update change_sets set state = 'discarded', closed_at = now() where id = $1`, [set?.id])
})

test('who may not edit the menu sees nothing to edit it with', async ({ page, login }) => {
  await login('manager')
  await page.goto(`${LIST}&show=off`)
  await expect(page.getByRole('rowheader')).toHaveCount(3)
  await expect(page.getByRole('switch')).toHaveCount(0)
  await expect(page.getByRole('checkbox', { name: /^Tick/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Price of/ })).toHaveCount(0)
})
