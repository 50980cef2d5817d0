import type { Page } from '@playwright/test'
import { ask } from './database'
import { expect, expectAccessible, test } from './fixtures'

const shownTitles = (page: Page) => page.locator('tbody th[scope=row] a').allTextContents()
const found = (page: Page) => page.getByRole('region', { name: 'Recipes found' })
const words = (page: Page) => page.getByRole('searchbox', { name: 'Search recipes' })

/** Titles of recipes, asked apart from the page's own query. */
async function titlesWhere(
  condition: string,
  order = 'prep_time, id',
  params: unknown[] = [],
): Promise<string[]> {
  const rows = await ask<{ title: string }>(
    `select title from recipes r where ${condition} order by ${order}`,
    params,
  )
  return rows.map(({ title }) => title)
}

const withIngredient = (name: string) =>
  `exists (select from recipe_ingredients l join ingredients i on i.id = l.ingredient_id
     where l.recipe_id = r.id and i.name = '${name}')`

test('pages through the whole book, each recipe once, and back without asking again', async ({
  page,
  login,
}) => {
  await login('kitchen')
  await page.goto('/recipes')
  const book = await titlesWhere('true')
  const pages: string[][] = []
  for (;;) {
    const shown = book.slice(pages.length * 20, pages.length * 20 + 20)
    await expect.poll(() => shownTitles(page)).toEqual(shown)
    pages.push(shown)
    const next = page.getByRole('link', { name: 'Next page' })
    if ((await next.count()) === 0) break
    await next.click()
  }
  expect(pages.flat()).toEqual(book)
  expect(pages.length).toBeGreaterThan(2)

  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goBack()
  await expect.poll(() => shownTitles(page)).toEqual(pages.at(-2))
  await page.goBack()
  await expect.poll(() => shownTitles(page)).toEqual(pages.at(-3))
  await page.goForward()
  await expect.poll(() => shownTitles(page)).toEqual(pages.at(-2))
  expect(asked.filter((url) => url.includes('/recipes'))).toEqual([])
  await page.getByRole('link', { name: 'First page' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(pages[0])
})

test.describe('without a network', () => {
  // Links in sight are fetched ahead, which fails.
  test.use({ expectedConsoleErrors: [/ERR_INTERNET_DISCONNECTED/] })

  test('back and forward show what was found before', async ({ page, login }) => {
    await login('kitchen')
    await page.goto('/recipes')
    const book = await shownTitles(page)
    await page.getByRole('link', { name: 'Newest' }).click()
    await expect(page).toHaveURL(/sort=newest/)
    const newest = await titlesWhere('true', 'created_at desc, id desc')
    await expect.poll(() => shownTitles(page)).toEqual(newest.slice(0, 20))
    await page.context().setOffline(true)
    await page.goBack()
    await expect.poll(() => shownTitles(page)).toEqual(book)
    await page.goForward()
    await expect.poll(() => shownTitles(page)).toEqual(newest.slice(0, 20))
    await page.context().setOffline(false)
  })
})

test('answers when typing stops, as one step of the history, and chips take it off again', async ({
  page,
  login,
}) => {
  await login('manager')
  await page.goto('/recipes')
  const book = await shownTitles(page)
  await words(page).pressSequentially('risotto', { delay: 60 })
  await expect(page).toHaveURL(/\/recipes\?q=risotto$/)
  const risotti = await titlesWhere(`title ilike '%risotto%'`)
  await expect(found(page).getByRole('status')).toHaveText(`${risotti.length} recipes`)
  expect(await shownTitles(page)).toEqual(risotti)
  await expect(words(page)).toBeFocused()

  await page.goBack()
  await expect.poll(() => shownTitles(page)).toEqual(book)
  await expect(words(page)).toHaveValue('')
  await page.goForward()
  await expect(words(page)).toHaveValue('risotto')

  await page.getByRole('link', { name: 'Remove filter: “risotto”' }).click()
  await expect(page).toHaveURL(/\/recipes$/)
  await expect(words(page)).toHaveValue('')
  await expect.poll(() => shownTitles(page)).toEqual(book)
})

test('keeps what was found while the answer is on its way', async ({ page, login }) => {
  await login('manager')
  await page.goto('/recipes')
  const book = await shownTitles(page)
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(/\/recipes\?q=/, async (route) => {
    await held
    await route.continue()
  })
  await words(page).fill('risotto')
  await expect(page.locator('form[aria-busy=true]')).toBeVisible()
  expect(await shownTitles(page)).toEqual(book)
  answer()
  await expect(page.locator('form[aria-busy=false]')).toBeVisible()
  expect(await shownTitles(page)).toEqual(await titlesWhere(`title ilike '%risotto%'`))
})

test('corrects a misspelled word and says so', async ({ page, login }) => {
  await login('manager')
  await page.goto('/recipes?q=rissoto')
  await expect(found(page)).toContainText('for “risotto”')
  expect(await shownTitles(page)).toEqual(await titlesWhere(`title ilike '%risotto%'`))
})

test('counts beside each choice what it finds, and choices of one kind add up', async ({ page, login }) => {
  await login('kitchen')
  await page.goto('/recipes')
  const roman = page.getByRole('checkbox', { name: /^Roman/ })
  const venetian = page.getByRole('checkbox', { name: /^Venetian/ })
  const both = await titlesWhere(`cuisine in ('Roman', 'Venetian')`)
  await roman.check()
  await expect(page).toHaveURL(/cuisine=Roman$/)
  await venetian.check()
  await expect(page).toHaveURL(/cuisine=Roman&cuisine=Venetian|cuisine=Venetian&cuisine=Roman/)
  await expect(found(page).getByRole('status')).toHaveText(`${both.length} recipes`)
  await expect(found(page).getByText(/^as of \d/)).toBeVisible()
  expect(await shownTitles(page)).toEqual(both)

  const nutless = await titlesWhere(
    `cuisine in ('Roman', 'Venetian') and 'nut_free' = any(dietary_restrictions)`,
  )
  const diet = page.getByRole('checkbox', { name: /^No nuts/ })
  await expect(page.locator('label').filter({ has: diet })).toContainText(String(nutless.length))
  await diet.check()
  await expect.poll(() => shownTitles(page)).toEqual(nutless)
  await page.getByRole('link', { name: 'no nuts' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(both)

  const quick = await titlesWhere(`cuisine in ('Roman', 'Venetian') and prep_time < 30`)
  await page.getByRole('link', { name: `Under 30 min ${quick.length}` }).click()
  await expect.poll(() => shownTitles(page)).toEqual(quick)
  await page.getByRole('link', { name: 'Clear all' }).click()
  await expect(page).toHaveURL(/\/recipes$/)
  await expect(roman).not.toBeChecked()
})

test('finds an ingredient by some of its letters, and takes recipes with and without it', async ({
  page,
  login,
}) => {
  await login('kitchen')
  await page.goto('/recipes')
  const find = page.getByRole('searchbox', { name: 'Find an ingredient' })
  await find.pressSequentially('garl', { delay: 40 })
  await page.getByRole('link', { name: 'with Garlic', exact: true }).click()
  await expect(find).toHaveValue('')
  const garlicky = await titlesWhere(withIngredient('Garlic'))
  await expect(found(page).getByRole('status')).toHaveText(`${garlicky.length} recipes`)

  await find.fill('parmesan')
  await page.getByRole('link', { name: 'without Parmesan', exact: true }).click()
  const lean = await titlesWhere(`${withIngredient('Garlic')} and not ${withIngredient('Parmesan')}`)
  expect(lean.length).toBeLessThan(garlicky.length)
  await expect.poll(() => shownTitles(page)).toEqual(lean.slice(0, 20))
  await page.getByRole('link', { name: 'Remove filter: with Garlic' }).click()
  // Each link leads to what is shown less one: the next is right once this one was answered.
  await expect(page).toHaveURL(/\/recipes\?without=\d+$/)
  await page.getByRole('link', { name: 'Remove filter: without Parmesan' }).click()
  await expect(page).toHaveURL(/\/recipes$/)
})

test('says what can be cooked from a restaurant’s stock', async ({ page, login }) => {
  await login('manager')
  await page.goto('/recipes')
  await page.getByLabel('Everything in stock in').selectOption('berlin')
  await expect(page).toHaveURL(/stock=berlin/)
  const cookable = await titlesWhere(`not exists (
    select from recipe_ingredients l where l.recipe_id = r.id and not exists (
      select from stock_levels s join restaurants b on b.id = s.restaurant_id and b.slug = 'berlin'
      where s.ingredient_id = l.ingredient_id and s.on_hand > 0))`)
  await expect(found(page).getByRole('status')).toHaveText(`${cookable.length} recipes`)
  await expect(page.getByRole('link', { name: /^Remove filter: in stock in/ })).toBeVisible()
})

test('is used from the keyboard alone', async ({ page, login }) => {
  await login('kitchen')
  await page.goto('/recipes')
  await words(page).focus()
  await page.keyboard.type('pasta')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=pasta/)
  await expect(words(page)).toBeFocused()
  const easy = page.getByRole('checkbox', { name: /^easy/ })
  while (!(await easy.evaluate((box) => box === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/difficulty=easy/)
  await expect(easy).toBeFocused()
  await expect(easy).toBeChecked()
  await page.keyboard.press('Space')
  await expect(page).not.toHaveURL(/difficulty/)
})

test('says what to do where nothing is found', async ({ page, login }) => {
  await login('kitchen')
  await page.goto('/recipes?q=xyzzyqwv&cuisine=Roman')
  await expect(page.getByText('No recipe is like this')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Show all recipes' }).click()
  await expect(page).toHaveURL(/\/recipes$/)
  await expect.poll(async () => (await shownTitles(page)).length).toBe(20)
})

test('takes whatever an address holds', async ({ page, login }) => {
  await login('kitchen')
  await page.goto('/recipes')
  const ids = Array.from({ length: 500 }, (_, index) => index + 1).join(',')
  const addresses = [
    'q=%25',
    'q=_',
    "q=o'; drop table recipes --",
    'q=%00',
    'q=%ud800',
    `q=${'x'.repeat(10_000)}`,
    'q=\u202eאורז עם זעפרן',
    'q="\'`\\',
    `with=${ids}`,
    `without=${ids}`,
    'with=0,-1,99999999999,x',
    'with=2147483647',
    'after=prep~0~x~y',
    'after=newest~0~1~9999999999999999&sort=newest',
    'prep=-5&experience=abc&sort=nothing&difficulty=impossible',
    'cuisine=%00&cuisine=Nowhere',
    'find=%25_\'"',
  ]
  for (const address of addresses) {
    const answer = await page.request.get(`/recipes?${encodeURI(address).replaceAll('%25', '%')}`)
    expect([address.slice(0, 40), answer.status()]).toEqual([address.slice(0, 40), 200])
    expect(await answer.text()).toContain('Recipes found')
  }
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the book is searched, narrowed and paged all the same', async ({ page, login }) => {
    await login('kitchen')
    await page.goto('/recipes')
    await page.getByRole('checkbox', { name: /^Italian/ }).check()
    await page.getByRole('searchbox', { name: 'Find an ingredient' }).fill('garlic')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'without Garlic', exact: true }).click()
    const mild = await titlesWhere(`cuisine = 'Italian' and not ${withIngredient('Garlic')}`)
    await expect.poll(() => shownTitles(page)).toEqual(mild.slice(0, 20))
    await page.getByRole('link', { name: 'Newest' }).click()
    const newest = await titlesWhere(
      `cuisine = 'Italian' and not ${withIngredient('Garlic')}`,
      'created_at desc, id desc',
    )
    await expect.poll(() => shownTitles(page)).toEqual(newest.slice(0, 20))
    await page.locator('tbody th a').first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(newest[0] ?? '')
    await page.getByRole('spinbutton', { name: 'Portions' }).fill('12')
    await page.getByRole('button', { name: 'Scale' }).click()
    await expect(page.getByRole('table', { name: 'Ingredients for 12 portions' })).toBeVisible()
  })
})
