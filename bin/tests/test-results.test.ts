import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../lib/paths.mjs'
import { playwrightResult, vitestResult } from '../lib/test-results.mjs'
import { temporaryFolder } from './helpers'

function reportOf(content: unknown): string {
  const file = join(temporaryFolder(), 'report.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

it('counts what Vitest reports', () => {
  const file = reportOf({ numPassedTests: 12, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 })

  expect(vitestResult(file, 1)).toEqual({ passed: 12, failed: 2, skipped: 2, failures: [] })
})

it('counts what Playwright reports, a flaky test as passed', () => {
  const file = reportOf({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 } })

  expect(playwrightResult(file, 1)).toEqual({ passed: 6, failed: 2, skipped: 3, failures: [] })
})

it('names what failed, with its file', () => {
  const vitest = reportOf({
    testResults: [
      {
        name: join(root, 'db/rows.test.ts'),
        assertionResults: [
          { fullName: 'a row is read', status: 'passed' },
          { fullName: 'rows are read', status: 'failed' },
        ],
      },
      { name: join(root, 'db/unreadable.test.ts'), status: 'failed', assertionResults: [] },
    ],
  })
  expect(vitestResult(vitest, 1).failures).toEqual([
    'db/rows.test.ts: rows are read',
    'db/unreadable.test.ts',
  ])

  const spec = (title: string, ok: boolean) => ({ title, ok })
  const playwright = reportOf({
    config: { rootDir: join(root, 'e2e') },
    suites: [
      {
        title: 'menu.spec.ts',
        file: 'menu.spec.ts',
        specs: [spec('lists', true), spec('sorts', false)],
        suites: [{ title: 'by touch', specs: [spec('taps', false)] }],
      },
    ],
  })
  expect(playwrightResult(playwright, 1).failures).toEqual([
    'e2e/menu.spec.ts: sorts',
    'e2e/menu.spec.ts: by touch taps',
  ])
})

it('counts one failure when a part ended badly without naming any', () => {
  const file = reportOf({ numPassedTests: 12, numFailedTests: 0 })

  expect(vitestResult(file, 1)).toMatchObject({ passed: 12, failed: 1 })
})

it('counts one failure when a part left no report, or half of one', () => {
  expect(vitestResult('/nowhere.json', 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  expect(playwrightResult(reportOf('{"stats": {'), 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
})
