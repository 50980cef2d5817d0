import type { Page } from '@playwright/test'
import { expect } from './fixtures'

/** What the browser tests of records' forms share. */

export const saveButton = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
export const saved = (page: Page) => page.getByText('Saved.', { exact: true })
export const summary = (page: Page) => page.locator('form [role=alert]')
export const nameField = (page: Page) => page.getByLabel('Name', { exact: true })

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
