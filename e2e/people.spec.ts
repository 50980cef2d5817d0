import { randomBytes } from 'node:crypto'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'
import { tabTo } from './form'

const newEmail = () => `mia-${randomBytes(4).toString('hex')}@example.com`

/** Somebody who is in the chain already, without a password. */
async function addPerson(name: string, role = 'kitchen'): Promise<number> {
  const [added] = await ask<{ id: number }>(
    `with person as (insert into users (name, email, role) values ($1, $2, $3) returning id), at as (
       insert into memberships (user_id, restaurant_id)
       select person.id, r.id from person, restaurants r where r.slug = 'berlin'
     )
     select id from person`,
    [name, newEmail(), role],
  )
  return added?.id ?? 0
}

async function addSession(userId: number): Promise<void> {
  await ask(
    `insert into sessions (user_id, token, expires_at, user_agent)
     values ($1, $2, now() + interval '12 hours', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')`,
    [userId, randomBytes(16).toString('hex')],
  )
}

const logOf = (userId: number) =>
  ask<{ action: string; by: string }>(
    `select a.action, u.email as by from audit_log a join users u on u.id = a.user_id
     where a.subject = 'user' and a.subject_id = $1 order by a.id`,
    [String(userId)],
  )

/** A browser of their own, in which the link is followed and a password set. */
async function follow(browser: Browser, link: string): Promise<{ context: BrowserContext; theirs: Page }> {
  const context = await browser.newContext()
  const theirs = await context.newPage()
  await theirs.goto(link)
  await theirs.getByLabel('New password', { exact: true }).fill('lemons in the cold room')
  await theirs.getByLabel('New password again').fill('lemons in the cold room')
  await theirs.getByRole('button', { name: 'Set password and sign in' }).click()
  await theirs.waitForURL(/\/overview/)
  return { context, theirs }
}

test('an admin invites somebody with the keyboard alone, who gets in, and shuts them out again', async ({
  page,
  login,
  browser,
}) => {
  await login('admin')
  const email = newEmail()
  const name = `Mia ${email.slice(4, 12)}`
  await page.goto('/admin')
  await tabTo(page, page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'People' }))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin\/people$/)
  await tabTo(page, page.getByRole('link', { name: 'Invite somebody' }))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin\/people\/new/)
  await tabTo(page, page.getByLabel('Name'))
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type('not an address')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Kitchen')
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Invite' }))
  await page.keyboard.press('Enter')
  // Nothing typed is lost, and each field says what is wrong with it.
  await expect(page.getByText('Write an e-mail address')).toBeVisible()
  await expect(page.getByText('Choose at least one restaurant')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue(name)
  await expect(page.getByLabel('Role')).toHaveValue('kitchen')
  await expectAccessible(page)

  await page.getByLabel('E-mail').focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(email)
  await tabTo(page, page.getByRole('checkbox').first())
  await page.keyboard.press('Space')
  const restaurant =
    (await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('checkbox') })
      .first()
      .textContent()) ?? ''
  await tabTo(page, page.getByRole('button', { name: 'Invite' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: `${name} is invited` })).toBeFocused()
  await expectAccessible(page)
  const link = await page.getByLabel(`Link for ${name}`).inputValue()
  expect(link).toMatch(/\/invite\/[\w-]{43}$/)

  const { context, theirs } = await follow(browser, link)
  await theirs.goto('/menu')
  await expect(theirs.getByRole('combobox', { name: 'Restaurant' }).getByRole('option')).toHaveText([
    'Whole chain',
    restaurant,
  ])
  expect((await theirs.goto('/admin/people'))?.status()).toBe(404)

  await page.goto(`/admin/people?q=${name.toUpperCase().replace(' ', '+')}`)
  const row = page.getByRole('row', { name: new RegExp(name) })
  await expect(row).toContainText('Kitchen')
  await expect(row).toContainText(restaurant)
  await expect(row).toContainText('just now')
  await expect(row).toContainText('Active')
  await row.getByRole('link', { name }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(page.getByText('all sessions', { exact: false })).toHaveCount(0)
  await expect(page.getByText('and the one session end', { exact: false })).toBeVisible()
  await page.getByText('Deactivate…').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Activate again' })).toBeVisible()
  await theirs.goto('/menu')
  await expect(theirs).toHaveURL(/\/sign-in/)
  await theirs.getByLabel('E-mail').fill(email)
  await theirs.getByLabel('Password').fill('lemons in the cold room')
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await expect(theirs.getByText('This account is deactivated')).toBeVisible()

  await page.getByRole('button', { name: `Activate ${name}` }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Deactivate…')).toBeVisible()
  await theirs.getByLabel('Password').fill('lemons in the cold room')
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await theirs.waitForURL(({ pathname }) => pathname === '/menu')
  await context.close()
  const [person] = await ask<{ id: number }>('select id from users where email = $1', [email])
  expect(await logOf(person?.id ?? 0)).toEqual(
    ['created', 'password_set', 'deactivated', 'activated'].map((verb) => ({
      action: `user.${verb}`,
      by: verb === 'password_set' ? email : 'admin@brigade.example',
    })),
  )
})

test('who saves second sees both versions, and chooses', async ({ page, login }) => {
  await login('admin')
  const id = await addPerson('Ines Both')
  await page.goto(`/admin/people/${id}`)
  await page.getByLabel('Name', { exact: true }).fill('Ines Mine')
  await page.getByLabel('Role', { exact: true }).selectOption('manager')
  const other = await page.context().newPage()
  await other.goto(`/admin/people/${id}`)
  await other.getByLabel('Name').fill('Ines Theirs')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Saved.')).toBeVisible()
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Ines Theirs')

  await page.getByRole('button', { name: 'Save' }).click()
  const both = page.getByRole('table', { name: /Both versions/ })
  await expect(both.getByRole('row', { name: /Name/ })).toContainText('Ines Theirs')
  await expect(both.getByRole('row', { name: /Role/ })).toContainText('Manager')
  await expectAccessible(page)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ines Mine')
  await expect(page.getByLabel('Role', { exact: true })).toHaveValue('manager')
  const nameNow = async () =>
    (await ask<{ name: string }>('select name from users where id = $1', [id]))[0]?.name
  expect(await nameNow()).toBe('Ines Theirs')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  expect(await nameNow()).toBe('Ines Mine')
  await expect(both).toBeHidden()
})

test('sessions are shown as people know their devices, and end one by one or all', async ({
  page,
  login,
}) => {
  await login('admin')
  const id = await addPerson('Sol Three')
  for (let n = 0; n < 3; n++) await addSession(id)
  await page.goto(`/admin/people/${id}`)
  await expect(page.getByText('Firefox on Linux')).toHaveCount(3)
  await page
    .getByRole('button', { name: /^End Firefox on Linux/ })
    .first()
    .click()
  await expect(page.getByText('The session ended')).toBeVisible()
  await expect(page.getByText('Firefox on Linux')).toHaveCount(2)
  await page.getByRole('button', { name: 'End all 2' }).click()
  await expect(page.getByText('Nowhere at the moment.')).toBeVisible()
  expect(await ask('select from sessions where user_id = $1', [id])).toEqual([])
})

test('one’s own account can’t be shut, and its own session is not offered to be ended', async ({
  page,
  login,
}) => {
  await login('admin', { own: true })
  const [me] = await ask<{ id: number }>(`select id from users where email = 'admin@brigade.example'`)
  await page.goto(`/admin/people/${me?.id}`)
  await expect(page.getByText('This is your own account')).toBeVisible()
  await expect(page.getByText('Deactivate…')).toHaveCount(0)
  await expect(page.getByLabel('Role')).toBeDisabled()
  await expect(page.getByText('This one')).toHaveCount(1)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('somebody is invited, changed and deactivated', async ({ page, login, browser }) => {
    await login('admin')
    const email = newEmail()
    await page.goto('/admin/people/new')
    await page.getByLabel('Name').fill('Plain Mia')
    await page.getByLabel('E-mail').fill('admin@brigade.example')
    await page.getByLabel('Role').selectOption('kitchen')
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Invite' }).click()
    await expect(page.getByText('Somebody with this e-mail address is here already.')).toBeVisible()
    await expect(page.getByRole('checkbox').first()).toBeChecked()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Invite' }).click()
    const link = await page.getByLabel('Link for Plain Mia').inputValue()
    await page.getByRole('link', { name: 'Look at Plain Mia' }).click()
    await expect(page.getByText('Invited', { exact: true })).toBeVisible()
    await page.getByLabel('Name').fill('Plainer Mia')
    await page.getByLabel('Role').selectOption('admin')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plainer Mia')

    await page.getByRole('button', { name: 'Make a link' }).click()
    const second = await page.getByLabel('Link for Plainer Mia').inputValue()
    expect(second).not.toBe(link)
    const context = await browser.newContext({ javaScriptEnabled: true })
    const theirs = await context.newPage()
    await theirs.goto(link)
    await expect(theirs.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
    await context.close()

    await page.getByText('Deactivate…').click()
    await page.getByRole('button', { name: 'Deactivate Plainer Mia now' }).click()
    await expect(page.getByText('Deactivated', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Activate Plainer Mia' }).click()
    await expect(page.getByText('Invited', { exact: true })).toBeVisible()
    const [person] = await ask<{ id: number }>('select id from users where email = $1', [email])
    expect((await logOf(person?.id ?? 0)).map(({ action }) => action)).toEqual([
      'user.created',
      'user.changed',
      'user.password_link_issued',
      'user.deactivated',
      'user.activated',
    ])
  })
})
