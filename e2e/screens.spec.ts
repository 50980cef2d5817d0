import { expect, expectAccessible, expectNoSidewaysScroll, type Role, test } from './fixtures'

/** Every screen with the role that uses it, at three widths and in both themes. */
const SCREENS: { path: string; role?: Role }[] = [
  { path: '/sign-in' },
  { path: '/m/berlin' },
  { path: '/overview', role: 'admin' },
  { path: '/about', role: 'kitchen' },
  { path: '/menu', role: 'admin' },
  { path: '/menu?restaurant=berlin', role: 'manager' },
  { path: '/menu?q=nothing-is-called-like-this', role: 'admin' },
  { path: '/menu/1', role: 'admin' },
  { path: '/menu/new', role: 'admin' },
  { path: '/menu?show=off', role: 'admin' },
  { path: '/menu/change?q=to&of=all&what=percent&by=5&ending=90', role: 'admin' },
  { path: '/kitchen', role: 'admin' },
  { path: '/kitchen/berlin', role: 'kitchen' },
  { path: '/orders', role: 'admin' },
  { path: '/orders/berlin', role: 'manager' },
  { path: '/orders/berlin?q=nothing-is-called-like-this', role: 'kitchen' },
  { path: '/orders/berlin/new', role: 'kitchen' },
  { path: '/orders/berlin/left-open', role: 'manager' },
  { path: '/inventory/alerts', role: 'manager' },
  { path: '/inventory/berlin?show=low', role: 'manager' },
  { path: '/inventory/berlin?q=nothing-is-called-like-this', role: 'manager' },
  { path: '/inventory/berlin/ingredients/1', role: 'manager' },
  { path: '/inventory/berlin/counts', role: 'manager' },
  { path: '/inventory/berlin/waste', role: 'manager' },
  { path: '/inventory/berlin/transfers', role: 'manager' },
  { path: '/inventory/berlin/variance', role: 'manager' },
  { path: '/inventory/berlin/orders', role: 'manager' },
  { path: '/inventory/berlin/orders?status=closed_short', role: 'manager' },
  { path: '/overview?q=nowhere', role: 'manager' },
  { path: '/reports', role: 'admin' },
  { path: '/reports/berlin', role: 'manager' },
  { path: '/reports/berlin?from=2019-01-07&to=2019-01-13&outliers=excluded', role: 'manager' },
  { path: '/customers?q=anna', role: 'manager' },
  { path: '/customers?q=nobody-is-called-like-this', role: 'manager' },
  { path: '/customers/1', role: 'admin' },
  { path: '/recipes', role: 'manager' },
  { path: '/recipes?q=pasta&cuisine=Italian&find=to&without=1', role: 'kitchen' },
  { path: '/recipes?q=nothing-is-called-like-this&prep=29', role: 'kitchen' },
  { path: '/recipes/1?portions=4', role: 'manager' },
  { path: '/recipes/cuisines', role: 'kitchen' },
  { path: '/admin/people', role: 'admin' },
  { path: '/admin/people?q=nobody-is-called-like-this&show=deactivated', role: 'admin' },
  { path: '/admin/people/new', role: 'admin' },
  { path: '/admin/people/1', role: 'admin' },
  { path: '/admin/people/2', role: 'admin' },
  { path: '/admin/api-keys', role: 'admin' },
  { path: '/admin/table-cards', role: 'manager' },
  { path: '/admin/table-cards?at=berlin&tables=9&numbers=on', role: 'manager' },
  { path: '/admin/devices', role: 'manager' },
  { path: '/admin/devices?restaurant=tokyo', role: 'admin' },
  { path: '/database', role: 'admin' },
  { path: '/admin/categories', role: 'admin' },
  { path: '/admin/categories/1', role: 'admin' },
  { path: '/admin/ingredients', role: 'admin' },
  { path: '/admin/ingredients/1', role: 'admin' },
  { path: '/admin/suppliers', role: 'admin' },
  { path: '/admin/suppliers/new', role: 'admin' },
  { path: '/admin/restaurants', role: 'admin' },
  { path: '/admin/restaurants/1', role: 'admin' },
  { path: '/pair' },
]
const WIDTHS = [390, 1440, 1920]
/** Pictures of each are kept in test-results/screens where SCREENSHOTS is set. */
const keepsPictures = Boolean(process.env.SCREENSHOTS)

// Nothing is written here, so the screens may be visited side by side.
test.describe.configure({ mode: 'parallel' })

for (const { path, role } of SCREENS) {
  test(`${path} is accessible and fits in light and dark from 390 to 1920 px`, async ({ page, login }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    if (role) await login(role)
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(200)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 1080 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expectAccessible(page, colorScheme === 'dark' ? ['color-contrast'] : undefined)
        if (keepsPictures) await page.screenshot({ path: pictureOf(path, width, colorScheme) })
      }
      await expectNoSidewaysScroll(page)
    }
  })
}

function pictureOf(path: string, width: number, colorScheme: string): string {
  const name = path.replaceAll(/[/?=]+/g, '-').replace(/^-|-$/g, '')
  return `test-results/screens/${name}-${width}-${colorScheme}.png`
}

test.describe('what is not there', () => {
  test.use({ expectedConsoleErrors: [/404/] })

  test('a page that does not exist answers 404 in words, under the same security headers', async ({
    page,
    login,
  }) => {
    await login('kitchen')
    const answer = await page.goto('/no-such-page')
    expect(answer?.status()).toBe(404)
    expect(answer?.headers()['content-security-policy']).toContain("'nonce-")
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page)
  })
})
