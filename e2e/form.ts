import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'

/** What the browser tests of records' forms share. */

export const saveButton = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
export const saved = (page: Page) => page.getByText('Saved.', { exact: true })
export const summary = (page: Page) => page.locator('form [role=alert]')
export const nameField = (page: Page) => page.getByLabel('Name', { exact: true })

let count = 0
/** A name that nothing has yet. */
export const unusedName = (word: string) => `${word} ${Date.now().toString(36)}${count++}`

/** Moves the focus by the Tab key until it is there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} can’t be reached by Tab.`)
}

/** Hydrated: what is pressed from now on is heard. */
export const isAlive = (page: Page) =>
  expect
    .poll(() =>
      page
        .locator('form[aria-busy]')
        .first()
        .evaluate((node) => Object.keys(node).some((key) => key.startsWith('__reactProps'))),
    )
    .toBe(true)
