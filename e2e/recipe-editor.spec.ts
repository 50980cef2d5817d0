import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { isAlive, saved, summary, unusedName } from './form'
import { field, makeRecipe, openEditor, save, stored } from './recipe-editor'

test('a card of five lines and its method are written from start to end with the keyboard alone', async ({
  page,
  login,
}) => {
  const title = unusedName('Carbonara')
  await login('admin')
  await page.goto('/recipes')
  await page.getByRole('link', { name: 'New recipe' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/recipes\/new/)
  await isAlive(page)
  await field(page, 'Name').focus()
  const type = async (...words: string[]) => {
    for (const [place, word] of words.entries()) {
      if (place > 0) await page.keyboard.press('Tab')
      if (word) await page.keyboard.type(word)
    }
  }
  await type(title, 'Roman', 'Dario Conti', '25')
  await expect(page.getByLabel('Difficulty')).toContainText('by time: easy')
  await type('', '', '820', '')
  await page.keyboard.press('Tab')
  await expect(field(page, 'Ingredient 1')).toBeFocused()
  const lines = [
    ['Spaghetti', '110', ''],
    ['Guanciale', '50', 'in strips'],
    ['Eggs', '2', ''],
    ['Pecorino romano', '30', 'finely grated'],
    ['Black pepper', '1', ''],
  ]
  for (const [place, [ingredient = '', amount = '', notes = '']] of lines.entries()) {
    await type(ingredient, amount, '', notes)
    if (place < lines.length - 1) await page.keyboard.press('Enter')
  }
  await expect(field(page, 'Unit 1')).toHaveValue('g')
  await expect(field(page, 'Unit 3')).toHaveValue('pcs')

  // The very card that the demo chain has, in another order.
  const [known] = await ask<{ cents: number }>(
    `select round(sum(l.quantity * i.unit_price))::int as cents
     from recipes r join recipe_ingredients l on l.recipe_id = r.id join ingredients i on i.id = l.ingredient_id
     where r.title = 'Spaghetti carbonara'`,
  )
  await expect(page.getByLabel('Cost of one portion')).toHaveText(
    `€${((known?.cents ?? 0) / 100).toFixed(2)}`,
  )
  await expect(page.getByRole('region', { name: 'Allergens' })).toContainText('eggsEggs')

  // The last line goes up one, and stays where the cook is.
  await page.keyboard.press('Alt+ArrowUp')
  await expect(field(page, 'Ingredient 4')).toHaveValue('Black pepper')
  await expect(field(page, 'Notes 4')).toBeFocused()

  await field(page, 'Step 1').focus()
  await page.keyboard.type('Render the guanciale.')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Step 2')).toBeFocused()
  await page.keyboard.type('Toss.')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/recipes\/\d+\/edit$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  expect(await stored(title)).toMatchObject({
    ingredients: ['Spaghetti', 'Guanciale', 'Eggs', 'Black pepper', 'Pecorino romano'],
    quantities: ['0.11 kg', '0.05 kg', '2 pcs', '1 g', '0.03 kg'],
    notes: ['', 'in strips', '', '', 'finely grated'],
    steps: ['Render the guanciale.', 'Toss.'],
  })
  await expectAccessible(page)
  // Searches find it at once.
  await page.goto(`/recipes?q=${encodeURIComponent(title)}`)
  await expect(page.getByRole('rowheader', { name: title })).toBeVisible()
})

test('Enter goes to the next line and adds one after the last; a line that was taken away comes back', async ({
  page,
  login,
}) => {
  const title = unusedName('Rows')
  await login('admin')
  await openEditor(page, `/recipes/${await makeRecipe(title)}/edit`)
  await field(page, 'Amount 1').focus()
  await page.keyboard.press('Enter')
  await expect(field(page, 'Ingredient 2')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Ingredient 4')).toBeFocused()

  const undo = page.getByRole('button', { name: 'Undo' })
  await page.getByRole('button', { name: 'Take Spaghetti away' }).focus()
  await page.keyboard.press('Enter')
  await expect(undo).toBeFocused()
  await expect(field(page, 'Ingredient 1')).toHaveValue('Eggs')
  await expect(page.getByRole('listitem').filter({ hasText: 'Taken away: Spaghetti' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(field(page, 'Ingredient 1')).toBeFocused()
  await expect(field(page, 'Ingredient 1')).toHaveValue('Spaghetti')
  await expect(field(page, 'Amount 1')).toHaveValue('120')
  await expect(undo).toBeHidden()

  await page.getByRole('button', { name: 'Move Eggs up' }).focus()
  await page.keyboard.press('Enter')
  await expect(field(page, 'Ingredient 1')).toHaveValue('Eggs')
  await expect(page.getByRole('button', { name: 'Move Eggs up' })).toBeFocused()
  await expect(page.getByText('Number 1 of 4: Eggs.')).toBeAttached()
  await page.keyboard.press('Control+s')
  await expect(saved(page)).toBeVisible()
  expect(await stored(title)).toMatchObject({ ingredients: ['Eggs', 'Spaghetti'] })

  const handle = (place: number) => page.locator('[aria-label="Lines of the card"] [data-handle]').nth(place)
  const from = await handle(0).boundingBox()
  const to = await handle(1).boundingBox()
  if (!from || !to) throw new Error('A line has a handle.')
  await page.mouse.move(from.x + 5, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(from.x + 5, from.y + 20, { steps: 3 })
  await page.mouse.move(to.x + 5, to.y + 20, { steps: 5 })
  await page.mouse.up()
  await expect(field(page, 'Ingredient 1')).toHaveValue('Spaghetti')
  await expect(field(page, 'Ingredient 2')).toHaveValue('Eggs')
})

test('amounts are shown and typed for as many portions as are cooked, and kept for one', async ({
  page,
  login,
}) => {
  const title = unusedName('Scaled')
  await login('admin')
  await openEditor(page, `/recipes/${await makeRecipe(title)}/edit`)
  const portions = field(page, 'Portions')
  await portions.fill('50')
  await expect(field(page, 'Amount 1')).toHaveValue('6')
  await expect(field(page, 'Unit 1')).toHaveValue('kg')
  await expect(field(page, 'Amount 2')).toHaveValue('100')
  await expect(page.getByText('All 50 portions')).toBeVisible()
  await portions.fill('3')
  await expect(field(page, 'Amount 1')).toHaveValue('360')
  await field(page, 'Unit 1').selectOption('kg')
  await field(page, 'Amount 1').fill('1')
  await expect(page.getByText('kept as 333 g a portion')).toBeVisible()
  await portions.fill('1')
  await expect(field(page, 'Amount 1')).toHaveValue('333')
  await portions.fill('3')
  // As it was written, not as it was rounded.
  await expect(field(page, 'Amount 1')).toHaveValue('1')
  await save(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(title)).toMatchObject({ quantities: ['0.333 kg', '2 pcs'] })
})

test('what can’t be kept or is not in the book is told beside its line, and stays typed', async ({
  page,
  login,
}) => {
  const title = unusedName('Refused')
  await login('admin')
  await openEditor(page, `/recipes/${await makeRecipe(title)}/edit`)
  await field(page, 'Amount 1').fill('0.5')
  await field(page, 'Ingredient 3').fill('Guancale')
  await field(page, 'Amount 3').fill('20')
  await save(page).click()
  await expect(summary(page)).toBeFocused()
  await expect(field(page, 'Unit 3')).toHaveValue('')
  await expect(field(page, 'Ingredient 3')).toHaveAccessibleDescription(
    /no ingredient called “Guancale”.*Guanciale/,
  )
  await expect(field(page, 'Amount 1')).toHaveAccessibleDescription(/0.5 g can’t be kept. Round it/)
  // An error follows its line.
  await page.getByRole('button', { name: 'Move Spaghetti down' }).click()
  await expect(field(page, 'Amount 2')).toHaveAccessibleDescription(/can’t be kept/)
  await expectAccessible(page)
  await field(page, 'Amount 2').fill('1,5')
  await field(page, 'Unit 2').selectOption('kg')
  await field(page, 'Ingredient 3').fill('guanciale')
  await expect(field(page, 'Unit 3')).toHaveValue('g')
  await save(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(title)).toMatchObject({
    ingredients: ['Eggs', 'Spaghetti', 'Guanciale'],
    quantities: ['2 pcs', '1.5 kg', '0.02 kg'],
  })
})

test('a numbered list that is pasted becomes steps', async ({ page, login, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await login('admin')
  const title = unusedName('Pasted')
  await openEditor(page, `/recipes/${await makeRecipe(title)}/edit`)
  await page.evaluate(() => navigator.clipboard.writeText('1. Boil.\n2. Drain,\n   but not all.\n3. Toss.'))
  await field(page, 'Step 3').focus()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(field(page, 'Step 5')).toBeFocused()
  await expect(field(page, 'Step 4')).toHaveValue('Drain, but not all.')
  await save(page).click()
  await expect(saved(page)).toBeVisible()
  expect((await stored(title))?.steps).toEqual([
    'Step number 1.',
    'Step number 2.',
    'Boil.',
    'Drain, but not all.',
    'Toss.',
  ])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a recipe is written with more lines than there were, corrected and changed', async ({
    page,
    login,
  }) => {
    const title = unusedName('Plain')
    await login('admin')
    await page.goto('/recipes/new')
    await field(page, 'Name').fill(title)
    await field(page, 'Cuisine').fill('Roman')
    await field(page, 'Chef').fill('dario  CONTI')
    await field(page, 'Prep time, minutes').fill('45')
    await field(page, 'Portions').fill('10')
    const write = async (nth: number, ingredient: string, amount: string, unit: string) => {
      await field(page, `Ingredient ${nth}`).fill(ingredient)
      await field(page, `Amount ${nth}`).fill(amount)
      if (unit) await field(page, `Unit ${nth}`).selectOption(unit)
    }
    await write(1, 'spaghetti', '1.1', 'kg')
    await write(3, 'Egs', '20', '')
    await page.getByRole('button', { name: 'Add line' }).click()
    await expect(page.getByText('Here are more empty rows. Nothing is saved yet.')).toBeVisible()
    await expect(field(page, 'Ingredient 11')).toBeVisible()
    await expect(field(page, 'Amount 3')).toHaveValue('20')
    await write(11, 'Guanciale', '500', 'g')
    await field(page, 'Step 1').fill('1. Boil.\n2. Toss.')
    // Enter saves; it presses no other button.
    await field(page, 'Name').press('Enter')
    await expect(summary(page)).toBeVisible()
    await expect(field(page, 'Ingredient 3')).toHaveAccessibleDescription(/called “Egs”.*Eggs/)
    await expect(page.getByLabel('Cost of line 1', { exact: true })).toContainText('€')
    await field(page, 'Ingredient 3').fill('Eggs')
    await page.getByRole('button', { name: 'Add recipe' }).click()
    await page.waitForURL(/recipes\/\d+\/edit$/)
    expect(await stored(title)).toMatchObject({
      ingredients: ['Spaghetti', 'Eggs', 'Guanciale'],
      quantities: ['0.11 kg', '2 pcs', '0.05 kg'],
      steps: ['Boil.', 'Toss.'],
    })
    await expect(field(page, 'Amount 1')).toHaveValue('110')
    await expect(field(page, 'Portions')).toBeHidden()
    await field(page, 'Ingredient 2').fill('')
    await field(page, 'Amount 2').fill('')
    await save(page).click()
    await expect(saved(page)).toBeVisible()
    expect((await stored(title))?.ingredients).toEqual(['Spaghetti', 'Guanciale'])
  })
})

test('fits a phone, a desk and a wall, and every control of a line is in order', async ({ page, login }) => {
  await login('admin')
  const id = await makeRecipe(unusedName('Fits'))
  await openEditor(page, `/recipes/${id}/edit`)
  for (const width of [320, 390, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0)
    if (width > 400) continue
    for (const name of ['Move Spaghetti down', 'Take Spaghetti away', 'Add line']) {
      const box = await page.getByRole('button', { name }).boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(44)
    }
  }
  await field(page, 'Ingredient 1').focus()
  for (const next of ['Amount 1', 'Unit 1', 'Notes 1']) {
    await page.keyboard.press('Tab')
    await expect(field(page, next)).toBeFocused()
  }
  for (const next of ['Move Spaghetti up', 'Move Spaghetti down', 'Take Spaghetti away']) {
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: next })).toBeFocused()
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
})
