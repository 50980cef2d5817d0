import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { isAlive, nameField, saveButton, saved, summary, unusedName } from './form'

/** What every form of a record does, shown with the smallest of them: the category's. */

async function makeCategory(name: string, description = ''): Promise<number> {
  const [made] = await ask<{ id: number }>(
    `insert into categories (name, description, sort_order)
     values ($1, $2, (select count(*) from categories)) returning id`,
    [name, description],
  )
  return made?.id ?? 0
}

const stored = async (id: number) =>
  (
    await ask<{ name: string; description: string; isActive: boolean }>(
      'select name, description, is_active as "isActive" from categories where id = $1',
      [id],
    )
  )[0]

const namesLike = (name: string) =>
  ask<{ id: number }>('select id from categories where name = $1', [name]).then((rows) => rows.length)

const descriptionField = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const putBack = (page: Page) => page.getByRole('button', { name: 'Put back what I typed' })

async function openCategory(page: Page, id: number): Promise<void> {
  await page.goto(`/admin/categories/${id}`)
  await isAlive(page)
}

/** Somebody else, who is quicker. */
const changeMeanwhile = (id: number, description: string) =>
  ask('update categories set description = $2 where id = $1', [id, description])

test('a category is made, found in the list and changed, with the keyboard alone', async ({
  page,
  login,
}) => {
  await login('admin')
  await page.goto('/admin/categories')
  await page.getByRole('link', { name: 'New category' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/categories\/new/)
  await isAlive(page)
  const name = unusedName('Small plates')
  await nameField(page).focus()
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type('To share.')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/categories\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expectAccessible(page)

  await isAlive(page)
  await descriptionField(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('To share, or not.')
  await page.keyboard.press('Control+s')
  await expect(saved(page)).toBeVisible()
  // Whoever saves goes on typing where they were.
  await expect(descriptionField(page)).toBeFocused()
  const id = Number(page.url().split('/').at(-1))
  expect(await stored(id)).toMatchObject({ name, description: 'To share, or not.' })
  await page.keyboard.type('!')
  await expect(saved(page)).toBeHidden()
  await page.keyboard.press('Meta+s')
  await expect(saved(page)).toBeVisible()
  expect(await stored(id)).toMatchObject({ description: 'To share, or not.!' })

  await page.goto('/admin/categories/new')
  await isAlive(page)
  await expect(nameField(page)).toHaveValue('')
  await expect(putBack(page)).toBeHidden()
})

test('slips, and a name that is taken, are told beside the field and in a summary that has the focus and leads to each', async ({
  page,
  login,
}) => {
  await login('admin')
  const id = await makeCategory(unusedName('Slips'))
  await openCategory(page, id)
  const requests: string[] = []
  page.on('request', (request) => request.method() === 'POST' && requests.push(request.url()))
  await nameField(page).fill('')
  await page.getByLabel('Place on the menu').fill('first')
  await saveButton(page).click()
  await expect(summary(page)).toBeFocused()
  await expect(nameField(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(nameField(page)).toHaveAccessibleDescription('Write what guests read above its dishes.')
  expect(requests).toEqual([])
  await expectAccessible(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Name', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(nameField(page)).toBeFocused()
  await expect(page.getByLabel('Place on the menu')).toHaveValue('first')

  const taken = unusedName('Taken')
  await makeCategory(taken)
  await page.getByLabel('Place on the menu').fill('1')
  await nameField(page).fill(taken)
  await descriptionField(page).fill('Much that was typed.')
  await saveButton(page).click()
  await expect(summary(page)).toBeFocused()
  await expect(nameField(page)).toHaveAccessibleDescription(/has this name already/)
  await expect(descriptionField(page)).toHaveValue('Much that was typed.')
  await nameField(page).fill(unusedName('Freed'))
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(id)).toMatchObject({ description: 'Much that was typed.' })
})

test.describe('while the server refuses', () => {
  test.use({ expectedConsoleErrors: [/Failed to load resource/] })

  test('a new category that is saved again after the network came back is made once', async ({
    page,
    login,
    context,
  }) => {
    await login('admin')
    await page.goto('/admin/categories/new')
    await isAlive(page)
    const name = unusedName('Offline')
    await nameField(page).fill(name)
    await context.setOffline(true)
    await page.keyboard.press('Control+s')
    await expect(summary(page)).toContainText('could not be reached')
    await expect(nameField(page)).toHaveValue(name)
    await context.setOffline(false)
    // The answer gets lost, what was asked for is done.
    await page.route(
      '**/admin/categories/new',
      async (route) => {
        await route.fetch()
        await route.abort()
      },
      { times: 1 },
    )
    const lost = page.waitForEvent('requestfailed')
    await page.keyboard.press('Control+s')
    await lost
    expect(await namesLike(name)).toBe(1)
    // The words are those of the time before: saving again counts once this time is over.
    await expect(page.getByRole('button', { name: 'Add category' })).toHaveAttribute('aria-busy', 'false')
    await expect(summary(page)).toContainText('could not be reached')
    await expect(nameField(page)).toHaveValue(name)
    await page.keyboard.press('Control+s')
    await page.waitForURL(/categories\/\d+$/)
    expect(await namesLike(name)).toBe(1)
  })

  test('overload and a failure leave everything as it was typed', async ({ page, login }) => {
    await login('admin')
    const id = await makeCategory(unusedName('Busy'))
    await openCategory(page, id)
    await descriptionField(page).fill('Typed while it was busy.')
    for (const status of [503, 500]) {
      // As bin/serve/failure.mjs answers Next's router.
      await page.route(
        `**/admin/categories/${id}`,
        (route) =>
          route.fulfill({ status, contentType: 'text/plain', body: 'Too busy. Please try again.\n' }),
        { times: 1 },
      )
      await saveButton(page).click()
      await expect(summary(page)).toContainText('Save again in a moment')
      await expect(descriptionField(page)).toHaveValue('Typed while it was busy.')
    }
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
    expect(await stored(id)).toMatchObject({ description: 'Typed while it was busy.' })
  })
})

test('after a session ran out one signs in, comes back and puts back what was typed', async ({
  page,
  login,
}) => {
  await login('admin', { own: true })
  const id = await makeCategory(unusedName('Signed out'))
  await openCategory(page, id)
  await descriptionField(page).fill('Typed for a long time.')
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await page.keyboard.press('Control+s')
  await expect(summary(page)).toContainText('You are signed out')
  await expect(descriptionField(page)).toHaveValue('Typed for a long time.')
  await page.getByRole('link', { name: /Sign in again/ }).click()
  await page.waitForURL(/sign-in/)
  await page.context().addCookies(cookies)
  await page.goto(new URL(page.url()).searchParams.get('next') ?? '')
  await isAlive(page)
  await expect(descriptionField(page)).toHaveValue('')
  await putBack(page).click()
  await expect(descriptionField(page)).toHaveValue('Typed for a long time.')
  await expect(putBack(page)).toBeHidden()
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  expect(await stored(id)).toMatchObject({ description: 'Typed for a long time.' })
  await page.reload()
  await isAlive(page)
  await expect(putBack(page)).toBeHidden()
})

test('whoever leaves is asked first, and what was typed can be put back after a step back or a reload', async ({
  page,
  login,
}) => {
  await login('admin')
  const id = await makeCategory(unusedName('Left'))
  await openCategory(page, id)
  await descriptionField(page).fill('Not saved.')
  const asked: string[] = []
  let answer = false
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type())
    await (answer ? dialog.accept() : dialog.dismiss())
  })
  const away = page.getByRole('link', { name: 'Categories' }).last()
  await away.click()
  expect(asked).toEqual(['confirm'])
  expect(new URL(page.url()).pathname).toBe(`/admin/categories/${id}`)
  answer = true
  await away.click()
  await page.waitForURL(/\/admin\/categories$/)
  await page.goBack()
  await isAlive(page)
  await putBack(page).click()
  await expect(descriptionField(page)).toHaveValue('Not saved.')
  await page.reload()
  expect(asked).toEqual(['confirm', 'confirm', 'beforeunload'])
  await isAlive(page)
  await putBack(page).click()
  await expect(descriptionField(page)).toHaveValue('Not saved.')
  await page.reload()
  await isAlive(page)
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(putBack(page)).toBeHidden()
  await page.reload()
  await isAlive(page)
  await expect(putBack(page)).toBeHidden()
  // Without a change nobody is asked.
  await page.getByRole('link', { name: 'Categories' }).last().click()
  await page.waitForURL(/\/admin\/categories$/)
  expect(asked.filter((type) => type === 'confirm')).toHaveLength(2)
})

test('what was put back against a record that moved on is compared with it, not stored over it', async ({
  page,
  login,
}) => {
  await login('admin')
  const id = await makeCategory(unusedName('Moved on'), 'First.')
  await openCategory(page, id)
  await descriptionField(page).fill('Mine.')
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  await isAlive(page)
  await changeMeanwhile(id, 'Theirs.')
  await page.reload()
  await isAlive(page)
  await putBack(page).click()
  await saveButton(page).click()
  await expect(page.getByRole('table', { name: /Both versions/ })).toContainText('Theirs.')
  expect(await stored(id)).toMatchObject({ description: 'Theirs.' })
})

test('a form sent twice at once is saved once', async ({ page, login }) => {
  await login('admin')
  await page.goto('/admin/categories/new')
  await isAlive(page)
  const name = unusedName('Twice')
  await nameField(page).fill(name)
  await page.getByRole('button', { name: 'Add category' }).dblclick()
  await page.waitForURL(/categories\/\d+$/)
  const id = Number(page.url().split('/').at(-1))
  const lines = await ask('select from audit_log where subject = $1 and subject_id = $2', [
    'category',
    String(id),
  ])
  expect(lines).toHaveLength(1)
})

test('what is typed while it is being saved is not taken for saved', async ({ page, login }) => {
  await login('admin')
  const id = await makeCategory(unusedName('Quick'))
  await openCategory(page, id)
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  await page.route(
    `**/admin/categories/${id}`,
    async (route) => {
      await held
      await route.continue()
    },
    { times: 1 },
  )
  await descriptionField(page).fill('First')
  await page.keyboard.press('Control+s')
  await descriptionField(page).pressSequentially(' and second')
  goOn()
  await expect.poll(() => stored(id)).toMatchObject({ description: 'First' })
  await expect(page.locator('form[aria-busy=true]')).toHaveCount(0)
  await expect(descriptionField(page)).toHaveValue('First and second')
  let asked = 0
  page.once('dialog', (dialog) => {
    asked++
    return dialog.dismiss()
  })
  await page.getByRole('link', { name: 'Categories' }).last().click()
  expect(asked).toBe(1)
  await page.keyboard.press('Control+s')
  await expect.poll(() => stored(id)).toMatchObject({ description: 'First and second' })
})

test('of two who save the same category the second sees both versions, loses nothing and chooses, and again after a refresh', async ({
  page,
  login,
  browser,
  baseURL,
}) => {
  await login('admin')
  const name = unusedName('Contested')
  const id = await makeCategory(name, 'As it was.')
  await openCategory(page, id)

  const other = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: await page.context().storageState(),
  })
  const quicker = await other.newPage()
  await openCategory(quicker, id)
  await nameField(quicker).fill(`${name} theirs`)
  await descriptionField(quicker).fill('Their description.')
  await saveButton(quicker).click()
  await expect(saved(quicker)).toBeVisible()
  await other.close()

  await descriptionField(page).fill('My description.')
  await saveButton(page).click()
  await expect(summary(page)).toBeFocused()
  await expect(summary(page)).toContainText('saved this after you opened it')
  const both = page.getByRole('table', { name: 'Both versions, where they differ' })
  await expect(both).toContainText('My description.')
  await expect(both).toContainText('Their description.')
  await expectAccessible(page)
  // What only they touched is theirs, what both touched is mine until I say otherwise.
  await expect(nameField(page)).toHaveValue(`${name} theirs`)
  await expect(descriptionField(page)).toHaveValue('My description.')
  expect(await stored(id)).toMatchObject({ description: 'Their description.' })

  await page.getByRole('button', { name: 'Take theirs for Description' }).click()
  await expect(descriptionField(page)).toHaveValue('Their description.')
  await page.getByRole('button', { name: 'Take yours for Description' }).click()
  await expect(descriptionField(page)).toHaveValue('My description.')
  await descriptionField(page).fill('My description, better.')
  await saveButton(page).click()
  await expect(saved(page)).toBeVisible()
  await expect(both).toBeHidden()
  expect(await stored(id)).toMatchObject({ name: `${name} theirs`, description: 'My description, better.' })

  // The page was refreshed under the form by that; what the form began with is what it saved.
  await changeMeanwhile(id, 'Theirs again.')
  await nameField(page).fill(`${name} mine`)
  await saveButton(page).click()
  await expect(summary(page)).toContainText('saved this after you opened it')
  await expect(descriptionField(page)).toHaveValue('Theirs again.')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a category is made and changed, and errors come back with what was typed', async ({
    page,
    login,
  }) => {
    await login('admin')
    await page.goto('/admin/categories/new')
    const name = unusedName('Plain')
    await descriptionField(page).fill('Two\nlines.')
    await page.getByRole('button', { name: 'Add category' }).click()
    await expect(summary(page)).toContainText('Write what guests read above its dishes.')
    await expect(nameField(page)).toHaveAttribute('aria-invalid', 'true')
    await expect(descriptionField(page)).toHaveValue('Two\nlines.')
    await nameField(page).fill(name)
    await page.getByRole('checkbox', { name: 'On the menu' }).uncheck()
    await page.getByRole('button', { name: 'Add category' }).click()
    await page.waitForURL(/categories\/\d+$/)
    const id = Number(page.url().split('/').at(-1))
    expect(await stored(id)).toEqual({ name, description: 'Two\nlines.', isActive: false })

    await page.getByRole('checkbox', { name: 'On the menu' }).check()
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
    expect(await stored(id)).toMatchObject({ isActive: true })
    // Saved once more: what is shown is what is stored.
    await descriptionField(page).fill('One line.')
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
    expect(await stored(id)).toMatchObject({ description: 'One line.' })
  })

  test('both versions come back after somebody else saved first, also when a slip came between', async ({
    page,
    login,
  }) => {
    await login('admin')
    const name = unusedName('Plainly contested')
    const id = await makeCategory(name, 'As it was.')
    await page.goto(`/admin/categories/${id}`)
    await changeMeanwhile(id, 'Theirs.')
    await nameField(page).fill('')
    await saveButton(page).click()
    await expect(summary(page)).toContainText('Write what guests read above its dishes.')
    await expect(descriptionField(page)).toHaveValue('As it was.')
    await nameField(page).fill(`${name} mine`)
    await saveButton(page).click()
    await expect(page.getByRole('table', { name: /Both versions/ })).toContainText('Theirs.')
    await expect(nameField(page)).toHaveValue(`${name} mine`)
    await expect(descriptionField(page)).toHaveValue('Theirs.')
    expect(await stored(id)).toMatchObject({ name, description: 'Theirs.' })
    await saveButton(page).click()
    await expect(saved(page)).toBeVisible()
    expect(await stored(id)).toMatchObject({ name: `${name} mine`, description: 'Theirs.' })
  })
})
