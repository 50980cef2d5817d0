import type { Page } from '@playwright/test'
import { onGuestMenu } from './change-sets'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { isAlive, tabTo } from './form'

/** What is looked for is reached by the Tab key alone. */
const press = async (page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) => {
  await tabTo(page, page.getByRole(role, { name }).first())
  await page.keyboard.press('Enter')
}
const write = async (page: Page, field: string | RegExp, text: string) => {
  await tabTo(page, page.getByRole('textbox', { name: field }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
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
  await expect(page.getByLabel('Where edits go')).toContainText(`Editing in: ${set} · 0 changes`)

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
  await expect(page.getByText(`Saved into “${set}”`)).toBeVisible()
  await expect(page.getByRole('link', { name: 'See the card' })).toBeHidden()
  const recipe = /recipes\/(\d+)\//.exec(page.url())?.[1] ?? ''
  expect(await ask('select from recipes where id = $1', [Number(recipe)])).toEqual([])

  await page.goto('/menu/new')
  await isAlive(page)
  await write(page, 'Name', title)
  await write(page, /^Price/, '16')
  await tabTo(page, page.getByRole('combobox', { name: 'Category' }))
  await page.keyboard.type(category)
  // The suggestions are the browser's own list: what it writes when one is chosen.
  const suggested = page.locator(`#recipe-suggestions option[value="${recipe} · ${title}"]`)
  await tabTo(page, page.getByRole('combobox', { name: 'Recipe' }))
  await page.keyboard.type(run)
  await expect(suggested).toHaveCount(1)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(`${recipe} · ${title}`)
  await write(page, 'Prep minutes', '25')
  await tabTo(page, page.getByRole('combobox', { name: 'Station' }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByLabel('Food cost in percent')).toHaveText(/^\d+\.\d %$/)
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/menu\/\d+$/)
  const dishPage = page.url()
  expect(await onGuestMenu(page, 'berlin', title)).toBeNull()

  const grid = page.getByRole('region', { name: 'In the restaurants' })
  const berlin = grid.getByRole('row').filter({ hasText: 'Berlin' })
  await tabTo(page, page.getByRole('checkbox', { name: /Berlin/ }))
  await page.keyboard.press('Space')
  await write(page, /^Price of their own/, '15')
  await page.keyboard.press('Enter')
  await expect(berlin).toContainText(`€15.00 in ${set}`)

  await page.goto('/menu/changes')
  await press(page, 'link', set)
  const edits = page.getByRole('listitem').filter({ hasText: `Dish “${title}”` })
  await expect(edits.filter({ hasText: '€16.00' }).first()).toBeVisible()
  await expectAccessible(page)
  const popup = page.waitForEvent('popup')
  await press(page, 'button', 'Show preview')
  const preview = await popup
  await expect(preview.getByRole('listitem').filter({ hasText: title })).toContainText(/€1[56]\.00/)
  await expectAccessible(preview)
  await preview.close()
  await press(page, 'button', /^Publish/)
  await expect(page.getByRole('status').filter({ hasText: 'Published:' })).toBeVisible()
  await expect(page.getByLabel('Where edits go')).toContainText('Edits go live at once')
  await expect.poll(() => onGuestMenu(page, 'berlin', title)).toEqual({ price: '€15.00', isSoldOut: false })

  await page.goto(dishPage)
  await tabTo(page, page.getByRole('checkbox', { name: /Berlin/ }))
  await page.keyboard.press('Space')
  await press(page, 'button', '86 there')
  await expect(berlin).toContainText('until')
  await expect.poll(() => onGuestMenu(page, 'berlin', title)).toMatchObject({ isSoldOut: true })
  expect(await onGuestMenu(page, 'london', title)).toEqual({ price: '€16.00', isSoldOut: false })

  await page.goto('/menu/changes')
  await press(page, 'button', `Undo ${set}`)
  await expect(page.getByRole('status').filter({ hasText: 'Undone:' })).toBeVisible()
  for (const restaurant of ['berlin', 'london']) {
    await expect.poll(() => onGuestMenu(page, restaurant, title)).toBeNull()
  }
})
