import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

export type Role = 'admin' | 'manager' | 'kitchen'
type SignIn = { email: string; password: string; role: Role }

const signIns = JSON.parse(readFileSync('db/seed/demo/sign-ins.json', 'utf8')) as SignIn[]

const signInOf = (role: Role): SignIn => {
  const found = signIns.find((candidate) => candidate.role === role)
  if (!found) throw new Error(`The demo chain has no sign-in for ${role}.`)
  return found
}

/** Signs in through the form, as a person does, once a role; later tests start from the kept cookies. */
const kept = new Map<Role, Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>>()

async function signIn(page: Page, role: Role, own: boolean): Promise<void> {
  const cookies = own ? undefined : kept.get(role)
  if (cookies) {
    await page.context().addCookies(cookies.cookies)
    return
  }
  const { email, password } = signInOf(role)
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  if (!own) kept.set(role, await page.context().storageState())
}

type Fixtures = {
  /** Signs the test's page in; with `own` in a session that no other test shares, so that it may be ended. */
  login: (role: Role, options?: { own: boolean }) => Promise<void>
  /** Messages that a test expects on the console, for instance of a 404 that it asks for. */
  expectedConsoleErrors: RegExp[]
  failOnConsoleErrors: undefined
}

export const test = base.extend<Fixtures>({
  login: async ({ page }, use) => {
    await use((role, options) => signIn(page, role, options?.own ?? false))
  },
  expectedConsoleErrors: [[], { option: true }],
  failOnConsoleErrors: [
    async ({ page, expectedConsoleErrors }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('console', (message) => {
        // What could not be loaded is told by its place only.
        const place = message.text().startsWith('Failed to load') ? ` ${message.location().url}` : ''
        if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text() + place)
      })
      await use(undefined)
      const unexpected = errors.filter(
        (text) => !expectedConsoleErrors.some((expected) => expected.test(text)),
      )
      expect(unexpected, 'the console stayed silent').toEqual([])
    },
    { auto: true },
  ],
})

/** WCAG 2.2 A and AA, over the whole page; or the named rules alone, where only they can have changed. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // After a step within the app the title comes with the page's end.
  await expect(page).toHaveTitle(/./)
  // A mode for pages of one frame, which all of ours are: otherwise each look opens a page more, which takes half of it.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(WCAG)).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `no sideways scrolling at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(0)
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export { expect }
