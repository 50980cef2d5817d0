import { ask, changeRecipes } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { isAlive, saved, summary, unusedName } from './form'
import { field, makeRecipe, openEditor, save, stored } from './recipe-editor'

test('of two who save the same card the second sees both and loses nothing', async ({ page, login }) => {
  const title = unusedName('Two')
  await login('admin')
  const id = await makeRecipe(title)
  await openEditor(page, `/recipes/${id}/edit`)
  await field(page, 'Notes 1').fill('al dente')
  await field(page, 'Step 1').fill('Mine.')
  await changeRecipes('update recipes set prep_time = 29 where id = $1', [id])
  await ask('update recipe_steps set text = $2 where recipe_id = $1 and position = 1', [id, 'Theirs.'])
  await save(page).click()
  await expect(summary(page)).toContainText('saved this after you opened it')
  const both = page.getByRole('table', { name: 'Both versions, where they differ' })
  await expect(both).toContainText('Theirs.')
  await expect(both).toContainText('Mine.')
  await expect(field(page, 'Notes 1')).toHaveValue('al dente')
  await expect(field(page, 'Prep time, minutes')).toHaveValue('29')
  await expectAccessible(page)
  await save(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(title)).toMatchObject({ notes: ['al dente', ''], steps: ['Mine.', 'Step number 2.'] })
})

test('a copy of a recipe is a recipe of its own, and those who sell one are told before it is saved', async ({
  page,
  login,
}) => {
  await login('admin')
  const original = await stored('Spaghetti carbonara')
  await page.goto(`/recipes/${original?.id}`)
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByText('Saving changes what these dishes cost')).toBeVisible()
  await expect(page.getByText(/Spaghetti carbonara in 4 restaurants: /)).toBeVisible()
  await page.getByRole('link', { name: 'Duplicate' }).click()
  await expect(field(page, 'Name')).toHaveValue('Copy of Spaghetti carbonara')
  await expect(page.getByText('Saving changes')).toBeHidden()
  await isAlive(page)
  const title = unusedName('Copied')
  await field(page, 'Name').fill(title)
  await page.getByRole('button', { name: 'Add recipe' }).click()
  await page.waitForURL(/recipes\/\d+\/edit$/)
  const copy = await stored(title)
  expect(copy).toEqual({ ...original, id: copy?.id })
  expect(copy?.id).not.toBe(original?.id)
})

test('what was typed and not saved is put back with every line that was added', async ({ page, login }) => {
  const title = unusedName('Kept')
  await login('admin')
  const path = `/recipes/${await makeRecipe(title)}/edit`
  await openEditor(page, path)
  await field(page, 'Portions').fill('10')
  await field(page, 'Ingredient 3').fill('Guanciale')
  await field(page, 'Amount 3').fill('500')
  await page.getByRole('button', { name: 'Add line' }).click()
  await expect(field(page, 'Ingredient 4')).toBeFocused()
  await field(page, 'Ingredient 4').fill('Pecorino romano')
  await field(page, 'Amount 4').fill('300')
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('link', { name: 'See the card' }).click()
  await page.waitForURL(/recipes\/\d+$/)
  await openEditor(page, path)
  await expect(field(page, 'Ingredient 4')).toBeHidden()
  await page.getByRole('button', { name: 'Put back what I typed' }).click()
  await expect(field(page, 'Portions')).toHaveValue('10')
  await expect(field(page, 'Ingredient 4')).toHaveValue('Pecorino romano')
  await save(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(title)).toMatchObject({ quantities: ['0.12 kg', '2 pcs', '0.05 kg', '0.03 kg'] })
})

test('what was typed before the page came alive counts, and no amount is taken for another batch', async ({
  page,
  login,
}) => {
  const title = unusedName('Quick')
  await login('admin')
  const path = `/recipes/${await makeRecipe(title)}/edit`
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route(/\.js(\?|$)/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  await field(page, 'Portions').fill('10')
  await field(page, 'Notes 2').fill('early')
  await field(page, 'Step 1').fill('Early too.')
  letThrough()
  await isAlive(page)
  await expect(field(page, 'Amount 1')).toHaveValue('1.2')
  await expect(field(page, 'Notes 2')).toHaveValue('early')
  await expect(field(page, 'Step 1')).toHaveValue('Early too.')
  await field(page, 'Notes 1').fill('late')
  await expect(field(page, 'Notes 2')).toHaveValue('early')
  await save(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(title)).toMatchObject({
    quantities: ['0.12 kg', '2 pcs'],
    notes: ['late', 'early'],
    steps: ['Early too.', 'Step number 2.'],
  })
})
