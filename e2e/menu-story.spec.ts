import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, test } from './fixtures'
import { isAlive } from './form'

const ROUNDS = 150

/** Moves the focus by the Tab key until it is on something of that name. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) {
  const target = page.getByRole(role, { name }).first()
  await target.waitFor()
  for (let presses = 0; presses < ROUNDS; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${role} ${name} can’t be reached by Tab.`)
}

const press = async (page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) => {
  await tabTo(page, role, name)
  await page.keyboard.press('Enter')
}
const write = async (page: Page, field: string | RegExp, text: string) => {
  await tabTo(page, 'textbox', field)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

/** How the dish stands on a restaurant's guest menu, or null where it does not. */
async function onGuestMenu(page: Page, restaurant: string, dish: string) {
  const html = await (await page.request.get(`/m/${restaurant}`)).text()
  const at = html.indexOf(`<h3>${dish}</h3>`)
  if (at < 0) return null
  const entry = html.slice(at, html.indexOf('</li>', at))
  return { price: /€[\d.]+/.exec(entry)?.[0], soldOut: /sold out/i.test(entry) }
}

const LINES = [
  ['Spaghetti', '110'],
  ['Guanciale', '50'],
  ['Eggs', '2'],
  ['Pecorino romano', '30'],
  ['Black pepper', '1'],
] as const

test('a dish with a card of five lines is made, priced, published, 86’d and taken back by the keyboard alone', async ({
  page,
  login,
}) => {
  test.slow()
  const run = Date.now().toString(36)
  const title = `Story carbonara ${run}`
  const set = `Story ${run}`
  const category = `Roman ${run}`
  await login('admin')

  await page.goto('/menu/changes')
  await write(page, 'Name of a new change set', set)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: set })).toBeVisible()

  await page.goto('/admin/categories/new')
  await isAlive(page)
  await write(page, 'Name', category)
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/categories\/\d+$/)

  await page.goto('/recipes/new')
  await isAlive(page)
  await page.getByLabel('Name', { exact: true }).focus()
  const next = async (text = '') => {
    await page.keyboard.press('Tab')
    if (text) await page.keyboard.type(text)
  }
  await page.keyboard.type(title)
  for (const text of ['Roman', 'Dario Conti', '25', '', '820', '']) await next(text)
  await next()
  for (const [place, [ingredient, amount]] of LINES.entries()) {
    await expect(page.getByLabel(`Ingredient ${place + 1}`, { exact: true })).toBeFocused()
    await page.keyboard.type(ingredient)
    for (const text of [amount, '', '']) await next(text)
    if (place < LINES.length - 1) await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/recipes\/\d+\/edit$/)
  const recipe = /recipes\/(\d+)\//.exec(page.url())?.[1] ?? ''
  expect(await ask('select from recipes where id = $1', [Number(recipe)])).toEqual([])

  await page.goto('/menu/new')
  await isAlive(page)
  await write(page, 'Name', title)
  await write(page, /^Price/, '16')
  await tabTo(page, 'combobox', 'Category')
  await page.keyboard.type(category)
  // The suggestions are the browser's own list: what it writes when one is chosen.
  const suggested = page.locator(`#recipe-suggestions option[value="${recipe} · ${title}"]`)
  await tabTo(page, 'combobox', 'Recipe')
  await page.keyboard.type(run)
  await expect(suggested).toHaveCount(1)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(`${recipe} · ${title}`)
  await write(page, 'Prep minutes', '25')
  await tabTo(page, 'combobox', 'Station')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByLabel('Food cost in percent')).toHaveText(/^\d+\.\d %$/)
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/menu\/\d+$/)
  const dishPage = page.url()
  expect(await onGuestMenu(page, 'berlin', title)).toBeNull()

  const grid = page.getByRole('region', { name: 'In the restaurants' })
  const berlin = grid.getByRole('row').filter({ hasText: 'Berlin' })
  await tabTo(page, 'checkbox', /Berlin/)
  await page.keyboard.press('Space')
  await write(page, /^Price of their own/, '15')
  await page.keyboard.press('Enter')
  await expect(berlin).toContainText(`€15.00 in ${set}`)

  await page.goto('/menu/changes')
  await press(page, 'link', set)
  await press(page, 'button', /^Publish/)
  await expect(page.getByRole('status').filter({ hasText: 'Published:' })).toBeVisible()
  await expect.poll(() => onGuestMenu(page, 'berlin', title)).toEqual({ price: '€15.00', soldOut: false })

  await page.goto(dishPage)
  await tabTo(page, 'checkbox', /Berlin/)
  await page.keyboard.press('Space')
  await press(page, 'button', '86 there')
  await expect(berlin).toContainText('until')
  await expect.poll(() => onGuestMenu(page, 'berlin', title)).toMatchObject({ soldOut: true })
  expect(await onGuestMenu(page, 'london', title)).toEqual({ price: '€16.00', soldOut: false })

  await page.goto('/menu/changes')
  await press(page, 'button', `Undo ${set}`)
  await expect(page.getByRole('status').filter({ hasText: 'Undone:' })).toBeVisible()
  for (const restaurant of ['berlin', 'london']) {
    await expect.poll(() => onGuestMenu(page, restaurant, title)).toBeNull()
  }
})
