import type { Page } from '@playwright/test'
import type { Entry } from '@/app/(staff)/(app)/palette/entry'
import { ask } from './database'
import { expect, expectAccessible, type Role, test } from './fixtures'

const open = async (page: Page) => {
  await page.keyboard.press('ControlOrMeta+k')
  const input = page.getByRole('combobox', { name: 'Go to' })
  await expect(input).toBeFocused()
  return input
}

const marked = (page: Page) => page.locator('[cmdk-item][aria-selected=true]')

test('with the keyboard alone one goes to a recipe, an order, a page and back to where one was', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/overview')
  const input = await open(page)
  await expect(marked(page)).toContainText('Overview')
  await page.keyboard.press('Escape')
  await expect(input).toBeHidden()

  const [recipe] = await ask<{ id: number; title: string }>(
    'select id, title from recipes order by id limit 1',
  )
  await open(page)
  await page.keyboard.type(recipe?.title.toUpperCase() ?? '')
  await expect(page.getByRole('group', { name: 'Recipes' })).toContainText(recipe?.title ?? '')
  await expectAccessible(page)
  await page.getByRole('group', { name: 'Recipes' }).getByRole('option').first().click()
  await page.waitForURL(/\/recipes\/\d+$/)
  await expect(input).toBeHidden()

  const [order] = await ask<{ number: string; id: string; slug: string }>(
    `select o.order_number as number, o.id, r.slug from orders o join restaurants r on r.id = o.restaurant_id
     where r.slug = 'tokyo' order by o.id desc limit 1`,
  )
  await open(page)
  // Faster than the answer: Enter means what was typed.
  await page.keyboard.insertText(order?.number.toLowerCase() ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/orders/${order?.slug}/${order?.id}`)

  await open(page)
  await page.keyboard.type('api k')
  await expect(page.locator('[cmdk-item]')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin\/api-keys$/)
})

test('the keys and the button count before the page is alive', async ({ page, login }) => {
  await login('admin')
  const scripts = '**/_next/static/**/*.js'
  for (const ask of [
    () => page.keyboard.press('ControlOrMeta+k'),
    () => page.getByRole('button', { name: /^Go to anything/ }).click(),
  ]) {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(scripts, async (route) => {
      await released
      await route.continue()
    })
    await page.goto('/about', { waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await ask()
    release()
    await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
    await page.unrouteAll({ behavior: 'wait' })
  }
})

test('the focus returns to where it was, and arrows go round', async ({ page, login }) => {
  await login('manager')
  await page.goto('/orders/berlin')
  const search = page.getByLabel('Search orders')
  await search.focus()
  const input = await open(page)
  await page.keyboard.type('berlin')
  await expect(marked(page)).toContainText('Orders')
  await page.keyboard.press('ArrowDown')
  await expect(marked(page)).toContainText('Kitchen wall')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('[cmdk-item]').last()).toHaveAttribute('aria-selected', 'true')
  await input.fill('nothing-is-called-like-this')
  await expect(page.getByText('Nothing that you may see is called like this.')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(search).toBeFocused()
  await open(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(search).toBeFocused()
})

test('a phone has a button for it, from 320 pixels on', async ({ page, login }) => {
  await login('kitchen')
  await page.setViewportSize({ width: 320, height: 700 })
  await page.goto('/menu')
  const button = page.getByRole('button', { name: /^Go to anything/ })
  await expect(button).toBeInViewport({ ratio: 1 })
  await button.click()
  await page.getByRole('combobox', { name: 'Go to' }).fill('berlin')
  await expect(marked(page)).toContainText('Berlin')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
})

test('it is dark by night, and nothing of it travels before it is asked for', async ({ page, login }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await login('admin')
  await page.setViewportSize({ width: 1920, height: 1080 })
  const scripts: string[] = []
  page.on('response', (response) => response.url().endsWith('.js') && scripts.push(response.url()))
  await page.goto('/overview', { waitUntil: 'networkidle' })
  const before = scripts.length
  const input = await open(page)
  expect(scripts.length).toBeGreaterThan(before)
  await input.fill('tom')
  await expect(page.getByRole('group', { name: 'People' })).toContainText('Tom Okafor')
  await expectAccessible(page)
})

test('nobody finds what they may not open', async ({ page, login }) => {
  const found = async (role: Role, text: string) => {
    await page.context().clearCookies()
    await login(role)
    const answer = await page.request.get(`/find?${new URLSearchParams({ q: text })}`)
    return ((await answer.json()) as Entry[]).map(({ kind, href }) => `${kind} ${href.split('?')[0]}`)
  }
  const [tokyo] = await ask<{ number: string }>(
    `select o.order_number as number from orders o join restaurants r on r.id = o.restaurant_id
     where r.slug = 'tokyo' order by o.id desc limit 1`,
  )
  expect(await found('admin', tokyo?.number ?? '')).toHaveLength(1)
  expect(await found('manager', tokyo?.number ?? '')).toEqual([])
  expect(await found('manager', 'tokyo')).toEqual([])
  expect((await found('manager', 'london')).length).toBeGreaterThan(0)
  expect(await found('kitchen', 'london')).toEqual([])
  expect(await found('admin', 'okafor')).toHaveLength(1)
  expect(await found('manager', 'okafor')).toEqual([])
  const [supplier] = await ask<{ name: string }>(
    'select name from suppliers where is_active order by id limit 1',
  )
  const suppliers = async (role: Role) =>
    (await found(role, supplier?.name ?? '')).filter((each) => each.startsWith('supplier'))
  expect(await suppliers('manager')).toHaveLength(1)
  expect(await suppliers('kitchen')).toEqual([])

  // Each of what they do find opens.
  for (const role of ['kitchen', 'manager', 'admin'] as const) {
    await page.context().clearCookies()
    await login(role)
    const hrefs = new Set<string>()
    for (const text of ['', 'berlin', 'tomato', '1']) {
      const answer = await page.request.get(`/find?${new URLSearchParams({ q: text })}`)
      for (const { href } of (await answer.json()) as Entry[]) hrefs.add(href)
    }
    for (const href of hrefs) expect(`${href} ${(await page.request.get(href)).status()}`).toBe(`${href} 200`)
  }
})
