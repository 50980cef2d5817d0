import { expect, expectAccessible, test } from './fixtures'

test('cards are chosen with the keyboard and come out eight to a sheet of A4, numbered', async ({
  page,
  login,
}) => {
  await login('manager')
  await page.goto('/admin/table-cards')
  const boxes = page.getByRole('group', { name: 'Restaurants' }).getByRole('checkbox')
  await expect(boxes).toHaveCount(2)
  await boxes.first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('5')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('20')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/tables=5&first=20&numbers=on/)
  const sheets = page.getByRole('list', { name: /^Sheet/ })
  await expect(sheets).toHaveCount(2)
  await expect(sheets.first().getByRole('listitem')).toHaveCount(8)
  await expect(sheets.last().getByRole('listitem')).toHaveCount(2)
  await expect(sheets.last().getByRole('listitem').last()).toContainText('Table 24')
  await expect(sheets.first().getByRole('listitem').first()).toContainText('localhost:')
  await expect(sheets.first().getByRole('listitem').first()).toContainText('/m/berlin')
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible()
  await expectAccessible(page)

  // On paper: the sheets alone, each on a page of its own.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1 })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  const card = await sheets.first().getByRole('listitem').first().boundingBox()
  const millimetres = (pixels = 0) => Math.round((pixels / 96) * 25.4)
  expect([millimetres(card?.width), millimetres(card?.height)]).toEqual([95, 68])
  const pdf = await page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2)
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1')) ?? []
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
})

test('a manager prints the cards of their own restaurants only, and nobody a book of them', async ({
  page,
  login,
}) => {
  await login('manager')
  expect((await page.request.get('/admin/table-cards?at=tokyo')).status()).toBe(404)
  await page.context().clearCookies()
  await login('admin')
  await page.goto('/admin/table-cards?at=tokyo&at=berlin&at=london&at=new-york&tables=200')
  await expect(page.getByRole('list', { name: /^Sheet/ })).toHaveCount(100)
  await page.goto('/admin/table-cards?at=tokyo&tables=banana')
  await expect(page.getByRole('list', { name: /^Sheet/ })).toHaveCount(1)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the cards are made just the same', async ({ page, login }) => {
    await login('manager')
    await page.goto('/admin/table-cards')
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Make cards' }).click()
    await expect(page.getByRole('list', { name: /^Sheet/ })).toHaveCount(1)
  })
})
