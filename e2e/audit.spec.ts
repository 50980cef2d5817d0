import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

/** A change of a dish's price, recorded as the forms do. */
async function change(from: number, to: number): Promise<{ id: number; name: string }> {
  const [dish] = await ask<{ id: number; name: string }>(
    'select id, name from menu_items order by id limit 1',
  )
  if (!dish) throw new Error('The demo chain has dishes.')
  await ask('update menu_items set price = $1 where id = $2', [to, dish.id])
  await ask(
    `insert into audit_log (user_id, action, subject, subject_id, before, after)
     select id, 'menu_item.changed', 'menu_item', $1, $2::text::jsonb, $3::text::jsonb from users where role = 'admin' order by id limit 1`,
    [String(dish.id), JSON.stringify({ price: from }), JSON.stringify({ price: to })],
  )
  return dish
}

const priceOf = async (id: number) =>
  (await ask<{ price: number }>('select price from menu_items where id = $1', [id]))[0]?.price

test.beforeEach(() => ask('delete from audit_log where subject = $1', ['menu_item']))

test('says who changed what in words, finds it by person, thing and time, and takes it back', async ({
  page,
  login,
}) => {
  const { id, name } = await change(700, 900)
  await login('admin')
  await page.goto('/admin/audit')
  await page.getByLabel('What').selectOption({ label: 'Dish' })
  await page.getByLabel('Which one').fill(name)
  await page.getByLabel('When').selectOption({ label: 'Today' })
  await page.getByLabel('Which one').press('Enter')
  await expect(page).toHaveURL(/kind=menu_item/)
  const line = page.getByRole('listitem').filter({ hasText: `Dish ${name} changed` })
  await expect(line).toHaveCount(1)
  await expect(line).toContainText('Price: €7.00 → €9.00')
  await expectAccessible(page)

  await page.getByLabel('Who').fill('nobody at all')
  await page.getByLabel('Who').press('Enter')
  await expect(page.getByText('Nothing that fits was changed')).toBeVisible()

  await page.goto(`/admin/audit?kind=menu_item&id=${id}`)
  await page.getByRole('button', { name: /^Undo/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Part of “Undo: one change”')).toBeVisible()
  expect(await priceOf(id)).toBe(700)
})

test('shows what was changed since before it undoes anything, without JavaScript too', async ({
  browser,
  page,
  login,
}) => {
  const { id } = await change(700, 900)
  await change(900, 950)
  await login('admin')
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const shown = await plain.newPage()
  await shown.goto(`/admin/audit?kind=menu_item&id=${id}`)
  await shown.getByRole('button', { name: /^Undo/ }).last().click()
  await expect(shown.getByText('Price is €9.50 now, and would be €7.00 again.')).toBeVisible()
  expect(await priceOf(id)).toBe(950)
  await shown.getByRole('button', { name: /^Undo all the same/ }).click()
  await expect(shown.getByText('Part of “Undo: one change”')).toBeVisible()
  expect(await priceOf(id)).toBe(700)
  await plain.close()
})
