import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { playwrightCounts, vitestCounts } from '../lib/test-results.mjs'
import { temporaryFolder } from './helpers'

function reportOf(content: unknown): string {
  const file = join(temporaryFolder(), 'report.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

it('counts what Vitest reports', () => {
  const file = reportOf({ numPassedTests: 12, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 })

  expect(vitestCounts(file, 1)).toEqual({ passed: 12, failed: 2, skipped: 2 })
})

it('counts what Playwright reports, a flaky test as passed', () => {
  const file = reportOf({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 } })

  expect(playwrightCounts(file, 1)).toEqual({ passed: 6, failed: 2, skipped: 3 })
})

it('counts one failure when a part ended badly without naming any', () => {
  const file = reportOf({ numPassedTests: 12, numFailedTests: 0 })

  expect(vitestCounts(file, 1)).toMatchObject({ passed: 12, failed: 1 })
})

it('counts one failure when a part left no report, or half of one', () => {
  expect(vitestCounts('/nowhere.json', 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(playwrightCounts(reportOf('{"stats": {'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
