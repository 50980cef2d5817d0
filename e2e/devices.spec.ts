import type { Browser, BrowserContext, Page } from '@playwright/test'
import { ask, makeDevice } from './database'
import { expect, expectAccessible, test } from './fixtures'

/** A television: a browser of its own, with no session of anybody's. */
async function openScreen(
  browser: Browser,
  path = '/pair',
): Promise<{ context: BrowserContext; screen: Page }> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const screen = await context.newPage()
  await screen.goto(path)
  return { context, screen }
}

async function codeOn(screen: Page): Promise<string> {
  const text = (await screen.getByText(/^Code: /).textContent()) ?? ''
  return text.replace('Code: ', '').replaceAll(' ', '')
}

async function pair(page: Page, code: string, name: string, restaurant: string): Promise<void> {
  await page.goto('/admin/devices')
  await page.getByLabel('Code on the screen').fill(code)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.locator('main select[name=restaurant]').last().selectOption({ label: restaurant })
  await page.getByRole('button', { name: 'Pair screen' }).click()
}

const nameOf = async (slug: string) =>
  (await ask<{ name: string }>('select name from restaurants where slug = $1', [slug]))[0]?.name ?? slug

test('a screen pairs by its code, bumps as itself, and is thrown out when it is revoked', async ({
  page,
  login,
  browser,
}) => {
  await login('manager')
  const { context, screen } = await openScreen(browser)
  const code = await codeOn(screen)
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
  const london = await nameOf('london')
  await pair(page, `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`, 'Pass', london)
  await expect(page.getByRole('status')).toContainText(`“Pass” is paired`)
  await expect(page.getByRole('row', { name: /Pass/ })).toContainText(london)

  // By itself, with nobody at the screen.
  await screen.waitForURL(/\/kitchen\/london/)
  await expect(screen.getByRole('list', { name: /tickets/i }).first()).toBeVisible()
  const cookie = (await context.cookies()).find(({ name }) => name === 'brigade_device')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 364 * 24 * 3600)

  const [device] = await ask<{ id: number; restaurant: number }>(
    `select id, restaurant_id as restaurant from devices where name = 'Pass' and revoked_at is null`,
  )
  const bumps = () =>
    ask<{ user: number | null }>(
      'select user_id as user from order_events where restaurant_id = $1 and device_id = $2',
      [device?.restaurant, device?.id],
    )
  await screen.keyboard.press('1')
  await expect.poll(bumps).toEqual([{ user: null }])

  await page.reload()
  await page.getByRole('link', { name: 'Pass' }).click()
  await page.getByText('Revoke…').click()
  await page.getByRole('button', { name: 'Revoke “Pass” now' }).click()
  await page.waitForURL(/\/admin\/devices$/)
  await expect(page.getByRole('row', { name: /Pass/ })).toContainText('Revoked')

  await screen.waitForURL(/\/pair/)
  await expect(screen.getByText('This screen is no longer paired')).toBeVisible()
  expect(await codeOn(screen)).not.toBe(code)
  await context.close()
})

test('the live stream of a screen is closed once it is revoked', async ({ baseURL }) => {
  const { id, cookie } = await makeDevice('berlin', 'Streaming')
  const answer = await fetch(`${baseURL}/api/kitchen/berlin/events`, {
    headers: { cookie: `brigade_device=${cookie}` },
    signal: AbortSignal.timeout(30_000),
  })
  let heard = ''
  let isRevoked = false
  for await (const bytes of answer.body ?? []) {
    heard += new TextDecoder().decode(bytes)
    if (isRevoked || !heard.includes('event: snapshot')) continue
    isRevoked = true
    await ask('update devices set revoked_at = now() where id = $1', [id])
  }
  expect(heard).toMatch(/event: closed\ndata: .*"reason"/)
  expect(heard.match(/event: closed/g)).toHaveLength(1)
})

test('a code that ran out makes room for a new one by itself, and is refused in words', async ({
  page,
  login,
  browser,
}) => {
  await login('manager')
  const { context, screen } = await openScreen(browser)
  const code = await codeOn(screen)
  await ask('update device_pairings set expires_at = now() where code = $1', [code])
  await expect.poll(() => codeOn(screen)).not.toBe(code)
  await pair(page, code, 'Too late', await nameOf('berlin'))
  await expect(page.getByRole('alert').filter({ hasText: 'No screen shows this code' })).toBeVisible()
  await expect(page.getByLabel('Code on the screen')).toHaveValue(code)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Too late')
  await page.getByLabel('Code on the screen').fill('nonsense1')
  await page.getByRole('button', { name: 'Pair screen' }).click()
  await expect(page.getByText('Write the eight letters')).toBeVisible()
  await context.close()
})

test('a screen without contact says so and keeps its code', async ({ browser }) => {
  const { context, screen } = await openScreen(browser)
  const code = await codeOn(screen)
  await context.setOffline(true)
  await expect(screen.getByRole('status')).toContainText('No contact with Brigade')
  expect(await codeOn(screen)).toBe(code)
  await context.setOffline(false)
  await expect(screen.getByRole('status')).toBeEmpty()
  await context.close()
})

test('a browser that keeps no cookies is told so instead of being sent in circles', async ({ page }) => {
  const path = async (url: string) =>
    (await page.request.get(url, { maxRedirects: 0 })).headers().location ?? ''
  expect(await path('/pair')).toBe('/pair/next')
  const back = await path('/pair/next')
  await page.context().clearCookies()
  await page.goto(back)
  await expect(page.getByRole('heading', { name: 'This browser keeps no cookies' })).toBeVisible()
  await expectAccessible(page)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a screen is paired, renamed and revoked', async ({ page, login, browser }) => {
    await login('manager')
    const context = await browser.newContext({ javaScriptEnabled: false })
    const screen = await context.newPage()
    await screen.goto('/pair')
    await pair(page, await codeOn(screen), 'Plain', await nameOf('berlin'))
    await expect(page.getByRole('status')).toContainText('“Plain” is paired')
    await screen.goto('/pair')
    await expect(screen).toHaveURL(/\/kitchen\/berlin/)

    await page.getByRole('link', { name: 'Plain' }).click()
    await page.getByLabel('Name').fill('Plainer')
    await page.getByRole('button', { name: 'Rename' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plainer')
    await page.getByText('Revoke…').click()
    await page.getByRole('button', { name: 'Revoke “Plainer” now' }).click()
    await expect(page.getByRole('row', { name: /Plainer/ })).toContainText('Revoked')
    await screen.goto('/kitchen/berlin')
    await expect(screen.getByText('This screen is no longer paired')).toBeVisible()
    await context.close()
  })
})

test('the page to pair fits from a phone to a 4K television, and is accessible', async ({ page }) => {
  for (const [width, height] of [
    [320, 640],
    [390, 844],
    [1280, 720],
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.goto('/pair')
    const code = page.getByText(/^Code: /).locator('..')
    await expect(code).toBeInViewport({ ratio: 1 })
    await expectAccessible(page)
    const overflow = await page.evaluate(() => ({
      x: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      y: document.documentElement.scrollHeight - document.documentElement.clientHeight,
    }))
    expect(overflow.x, `no sideways scrolling at ${width} px`).toBeLessThanOrEqual(0)
    if (width >= 1280)
      expect(overflow.y, `nobody can scroll a television of ${width} px`).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `test-results/screens/pair-${width}.png` })
  }
})

test('on a phone the sections that find no place stand under More', async ({ page, login }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await login('manager')
  await page.goto('/overview')
  await expect(page.getByRole('link', { name: 'Admin' })).toBeHidden()
  await page.getByRole('button', { name: 'More' }).click()
  await expectAccessible(page)
  await page.screenshot({ path: 'test-results/screens/more-390.png' })
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.waitForURL(/\/admin\/devices/)
  await expect(page.getByRole('link', { name: 'Admin' })).toBeHidden()
})
