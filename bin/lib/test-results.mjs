import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './paths.mjs'

/**
 * How one part of the tests went.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Result
 *   `failures`: the names of those that failed, each with its file
 */

/**
 * Reads Vitest's JSON report.
 * @param {string} file which is missing when Vitest crashed
 * @param {number} code its exit code
 * @returns {Result} at least one failed when the exit code says so
 */
export function vitestResult(file, code) {
  const report = readReport(file)
  const result = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    failures: (report?.testResults ?? []).flatMap(vitestFailures),
  }
  return withCrash(result, code, report)
}

/**
 * Reads Playwright's JSON report. A flaky test passed in the end.
 * @param {string} file which is missing when Playwright crashed
 * @param {number} code its exit code
 * @returns {Result} at least one failed when the exit code says so
 */
export function playwrightResult(file, code) {
  const report = readReport(file)
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {}
  const failures = (report?.suites ?? []).flatMap((suite) =>
    playwrightFailures(suite, `${relative(root, join(report.config.rootDir, suite.file))}:`),
  )
  return withCrash({ passed: expected + flaky, failed: unexpected, skipped, failures }, code, report)
}

/** A part that ended badly or left no report counts as one failure, if it names none itself. */
function withCrash(result, code, report) {
  const crashed = result.failed === 0 && (code !== 0 || !report)
  return crashed ? { ...result, failed: 1 } : result
}

/** A file that could not be run fails without a test. */
function vitestFailures({ name, status, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0 && status === 'failed') return [file]
  return failed.map(({ fullName }) => `${file}: ${fullName}`)
}

function playwrightFailures({ suites = [], specs = [] }, within) {
  const here = specs.filter(({ ok }) => !ok).map(({ title }) => `${within} ${title}`)
  return [...here, ...suites.flatMap((suite) => playwrightFailures(suite, `${within} ${suite.title}`))]
}

function readReport(file) {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
