import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const statusWith = async (page: Page, key: string) =>
  (await page.request.get('/api/v1/menu', { headers: { authorization: `Bearer ${key}` } })).status()

/** Room for two more in Tokyo, whatever earlier tests made there. */
test.beforeEach(() =>
  ask(`update api_keys set revoked_at = now() - interval '1 year' from restaurants r
       where r.id = restaurant_id and r.slug = 'tokyo' and revoked_at is null`),
)

async function make(page: Page, name: string): Promise<string> {
  await page.getByLabel('What will use it').fill(name)
  await page.getByRole('button', { name: 'Make a key' }).click()
  return page.getByLabel(new RegExp(`^Key “${name}” of`)).inputValue()
}

test('a key is made with the keyboard, shown once, opens its restaurant’s menu, and is refused once revoked', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/admin/api-keys?restaurant=tokyo')
  await page.getByLabel('What will use it').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Name what will use the key')).toBeVisible()
  await page.getByLabel('What will use it').focus()
  await page.keyboard.type('Till')
  await page.keyboard.press('Enter')
  const key = await page.getByLabel(/^Key “Till” of/).inputValue()
  await expectAccessible(page)
  expect(await statusWith(page, key)).toBe(200)
  const row = page.getByRole('row', { name: /Till/ }).first()
  await expect(row).toContainText('Not yet')

  await page.reload()
  await expect(page.getByText(key)).toHaveCount(0)
  expect(await page.content()).not.toContain(key)
  await expect(row).toContainText('just now')
  expect(await make(page, 'Shop')).not.toBe(key)
  await page.getByLabel('What will use it').fill('Third')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await expect(page.getByText('This restaurant has two keys, as many as it may have.')).toBeVisible()
  await expect(page.getByLabel('What will use it')).toHaveValue('Third')

  await page.getByLabel('Revoke “Till” of', { exact: false }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /Till/ })).toContainText('Revoked')
  expect(await statusWith(page, key)).toBe(401)
  const log = await ask(
    `select a.action, u.email from audit_log a join users u on u.id = a.user_id
     where a.subject = 'api_key' and a.subject_id = 'Till' order by a.id`,
  )
  expect(log).toEqual([
    { action: 'api_key.created', email: 'admin@brigade.example' },
    { action: 'api_key.revoked', email: 'admin@brigade.example' },
  ])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a key is made and revoked', async ({ page, login }) => {
    await login('admin')
    await page.goto('/admin/api-keys?restaurant=tokyo')
    const key = await make(page, 'Plain till')
    expect(await statusWith(page, key)).toBe(200)
    const row = page.getByRole('row', { name: /Plain till/ })
    await row.getByText('Revoke…').click()
    await row.getByRole('button', { name: 'Revoke “Plain till” now' }).click()
    await expect(row).toContainText('Revoked')
    expect(await statusWith(page, key)).toBe(401)
  })
})
