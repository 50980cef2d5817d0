import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const HEADER = 'name,price,category,station,prep_minutes'

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

let category: string
test.beforeAll(async () => {
  const [first] = await ask<{ name: string }>(
    'select name from categories where is_active order by id limit 1',
  )
  category = first?.name ?? ''
})

/** Uploads a file of dishes and waits until it is checked. */
async function upload(page: Page, file: ReturnType<typeof csv>): Promise<void> {
  await page.goto('/admin/imports')
  await page.getByLabel('In the file are').selectOption({ label: 'Dishes' })
  await page.getByLabel('File (CSV, up to 50 MB)').setInputFiles(file)
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('heading', { level: 1, name: file.name })).toBeVisible()
}

const priceOf = async (name: string) =>
  (await ask<{ price: number }>('select price from menu_items where name = $1', [name]))[0]?.price

test('a file is checked row by row with the keyboard, its good rows go in, the refused ones come back, and all is undone', async ({
  page,
  login,
}) => {
  await login('admin')
  await upload(
    page,
    csv(
      'autumn.csv',
      `${HEADER}\nPumpkin soup,"9,50",${category},cold,12\nQuince cake,free,${category},pastry,5\n=HYPERLINK("x"),4,Nowhere,bar,1\n`,
    ),
  )
  const take = page.getByRole('button', { name: 'Take the 1 good rows' })
  await expect(take).toBeVisible()
  await expect(page.getByRole('row', { name: /Pumpkin soup/ })).toContainText('€9.50')
  await expect(page.getByRole('row', { name: /Quince cake/ })).toContainText(
    'price is no price, such as 18.50',
  )
  await expectAccessible(page)
  expect(await priceOf('Pumpkin soup')).toBeUndefined()

  await take.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 added and 0 changed')).toBeVisible()
  expect(await priceOf('Pumpkin soup')).toBe(950)

  const refused = await page.request.get(`${page.url()}/refused.csv`)
  expect(await refused.text()).toBe(
    [
      `\ufeffrow,reason,${HEADER}`,
      `3,"price is no price, such as 18.50",Quince cake,free,${category},pastry,5`,
      `4,"category: there is no category ""Nowhere""","'=HYPERLINK(""x"")",4,Nowhere,bar,1`,
      '',
    ].join('\r\n'),
  )
  await page.getByRole('button', { name: 'Undo this import' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('It was undone since')).toBeVisible()
  await expectAccessible(page)
  const isOn = () => ask(`select from menu_items where name = 'Pumpkin soup' and is_available`)
  expect(await isOn()).toHaveLength(0)
  await page.getByRole('button', { name: 'Undo that' }).click()
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible()
  expect(await isOn()).toHaveLength(1)

  await page.goto('/admin/imports')
  await expect(page.getByRole('row', { name: /autumn.csv/ }).first()).toContainText('taken')
  await expectAccessible(page)
})

test('an export of all dishes comes back as it is: every row is there already', async ({ page, login }) => {
  await login('admin')
  const file = await page.request.get('/exports/dishes')
  expect(file.headers()['content-disposition']).toBe('attachment; filename="dishes.csv"')
  const text = await file.text()
  await upload(page, csv('same.csv', text))
  await expect(page.getByText('Nothing of this file would change anything.')).toBeVisible()
  const [count] = await ask<{ n: string }>('select count(*) as n from menu_items')
  await expect(page.getByRole('link', { name: `As they are ${Number(count?.n)}` })).toBeVisible()
})

test('a file that is none says why beside the form, and so does one that can’t be read', async ({
  page,
  login,
}) => {
  await login('admin')
  await upload(page, csv('other.csv', 'nom;prix\nSoupe;3'))
  await expect(page.getByText('one of them must be name or id')).toBeVisible()
  await page.goto('/admin/imports')
  await page.getByLabel('File (CSV, up to 50 MB)').setInputFiles(csv('empty.csv', ''))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'Choose a file with something in it' }),
  ).toBeVisible()
})

test('nobody else, and no other page, can send a file', async ({ page, login, baseURL }) => {
  const send = (origin: string) =>
    page.request.post('/admin/imports/upload', {
      multipart: { kind: 'menu_item', file: csv('x.csv', `${HEADER}\nX,1,${category},bar,1`) },
      headers: { origin },
      maxRedirects: 0,
    })
  const before = await ask('select id from imports')
  expect((await send(baseURL ?? '')).status()).toBe(303)
  await login('manager')
  expect((await send(baseURL ?? '')).status()).toBe(404)
  await login('admin')
  expect((await send('https://elsewhere.example')).status()).toBe(403)
  expect(await ask('select id from imports')).toEqual(before)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  test('a file is checked and taken all the same', async ({ page, login }) => {
    await login('admin')
    await upload(page, csv('plain.csv', `${HEADER}\nPlain tart,5,${category},pastry,5\n`))
    const take = page.getByRole('button', { name: 'Take the 1 good rows' })
    // The page reloads itself until the file is checked.
    await expect(take).toBeVisible()
    await take.click()
    await expect(page.getByText('1 added and 0 changed')).toBeVisible()
  })
})

test('every list can be saved, under its filters, and no cell of it begins a formula', async ({
  page,
  login,
}) => {
  await ask(
    `insert into categories (name, description) values ('=cmd|calc', '@SUM(1)') on conflict do nothing`,
  )
  await login('admin')
  for (const [url, list] of [
    ['/menu', 'menu'],
    ['/recipes', 'recipes'],
    ['/orders/berlin', 'orders'],
    ['/inventory/alerts', 'alerts'],
    ['/admin/categories', 'categories'],
    ['/admin/people', 'people'],
    ['/admin/audit', 'audit'],
  ] as const) {
    const html = await (await page.request.get(url)).text()
    const [, href = ''] = /href="(\/exports\/[^"]*)"/.exec(html) ?? []
    const file = await page.request.get(href.replaceAll('&amp;', '&'))
    expect([list, file.status(), file.headers()['content-type']]).toEqual([
      list,
      200,
      'text/csv; charset=utf-8',
    ])
    const text = await file.text()
    expect(text.startsWith('\ufeff')).toBe(true)
    expect(text).not.toMatch(/(^|,|\n)"?[=+@]/)
  }
  const categories = await (await page.request.get('/exports/categories')).text()
  expect(categories).toContain(`'=cmd|calc,'@SUM(1)`)
  await ask(`delete from categories where name = '=cmd|calc'`)
  const all = await (await page.request.get('/exports/menu')).text()
  const some = await (await page.request.get('/exports/menu?max=8')).text()
  expect(some.split('\n').length).toBeLessThan(all.split('\n').length)
})
