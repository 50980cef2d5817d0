import { ask } from './database'
import { expect, test } from './fixtures'

const NO_BREAK_SPACE = String.fromCodePoint(0xa0)

test('the cuisines’ figures are the book’s', async ({ page, login }) => {
  await login('kitchen')
  await page.goto('/recipes/cuisines')
  const cuisines = await ask<{ cells: string[] }>(
    `select array[cuisine, count(*)::text, to_char(avg(prep_time), 'FM990.0'), to_char(avg(difficulty), 'FM0.00'),
       to_char(100.0 * count(*) filter (where prep_time < 30) / count(*), 'FM990.0') || $1 || '%'] as cells
     from recipes group by cuisine order by count(*) desc, cuisine`,
    [NO_BREAK_SPACE],
  )
  const table = page.getByRole('table', { name: 'Cuisines, the largest first' })
  const rows = table.locator('tbody tr')
  expect(
    await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent))),
  ).toEqual(cuisines.map(({ cells }) => cells))
  await table.getByRole('link', { name: 'Roman' }).click()
  await expect(page.getByRole('checkbox', { name: /^Roman/ })).toBeChecked()
})

const CHARTS = [
  { name: 'Recipes', value: 'count(*)', figure: `to_char(count(*), 'FM990')`, from: 0 },
  {
    name: 'Average prep time in minutes',
    value: 'avg(prep_time)',
    figure: `to_char(avg(prep_time), 'FM990.0')`,
    from: 0,
  },
  {
    name: 'Average difficulty',
    value: 'avg(difficulty)',
    figure: `to_char(avg(difficulty), 'FM0.00')`,
    from: 1,
    to: 3,
  },
  {
    name: 'Quick, under 30 minutes',
    value: '100.0 * count(*) filter (where prep_time < 30) / count(*)',
    figure: `to_char(100.0 * count(*) filter (where prep_time < 30) / count(*), 'FM990.0') || ' %'`,
    from: 0,
  },
]

for (const { name, value, figure, from, to } of CHARTS) {
  test(`the chart of ${name} ranks the cuisines, draws to scale and leads to their recipes`, async ({
    page,
    login,
  }) => {
    const ranked = await ask<{ row: string; value: number; cuisine: string }>(
      `select cuisine || ' ' || ${figure} as row, (${value})::float8 as value, cuisine
       from recipes group by cuisine order by (${value}) desc, cuisine`,
    )
    await login('kitchen')
    await page.goto('/recipes/cuisines')
    const chart = page.getByRole('figure').filter({ has: page.getByRole('heading', { name, exact: true }) })
    await expect(chart.getByRole('link')).toHaveText(ranked.map(({ row }) => row))

    const [shortest, longest] = [from, to ?? ranked[0]?.value ?? 0]
    const drawn = await chart
      .locator('li svg')
      .evaluateAll((all) =>
        all.map((svg) =>
          Number.parseFloat(
            svg.querySelector('circle')?.getAttribute('cx') ??
              svg.querySelectorAll('rect')[1]?.getAttribute('width') ??
              '',
          ),
        ),
      )
    expect(drawn.length).toBe(ranked.length)
    for (const [place, { value: real }] of ranked.entries())
      expect(drawn[place]).toBeCloseTo(((real - shortest) / (longest - shortest)) * 100, 0)

    // In the middle of the bar, not on the word.
    await chart.locator('li svg').nth(1).click()
    await expect(page.getByRole('checkbox', { name: new RegExp(`^${ranked[1]?.cuisine}`) })).toBeChecked()
  })
}

test('the charts are passed by from the keyboard, and nothing moves while they load', async ({
  page,
  login,
}) => {
  await login('kitchen')
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, { shifts: Reflect.get(window, 'shifts') + Reflect.get(entry, 'value') })
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto('/recipes/cuisines')
  const skip = page.getByRole('link', { name: 'Skip the charts' })
  while (!(await skip.evaluate((link) => link === document.activeElement))) await page.keyboard.press('Tab')
  // The font that takes the place of its stand-in may wrap a line anew; more than 0.1 is what Web Vitals call a shift.
  expect(await page.evaluate(() => Reflect.get(window, 'shifts'))).toBeLessThan(0.1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'All figures' })).toBeInViewport()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('table').getByRole('link').first()).toBeFocused()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the charts are drawn all the same', async ({ page, login }) => {
    await login('kitchen')
    await page.goto('/recipes/cuisines')
    await expect(page.getByRole('figure')).toHaveCount(CHARTS.length)
    const longest = page.getByRole('figure').first().locator('li svg').first().locator('rect').nth(1)
    expect((await longest.boundingBox())?.width).toBeGreaterThan(50)
  })
})
