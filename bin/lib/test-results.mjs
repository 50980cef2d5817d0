import { existsSync, readFileSync } from 'node:fs'

/**
 * How one part of the tests went.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Reads Vitest's JSON report.
 * @param {string} file which is missing when Vitest crashed
 * @param {number} code its exit code
 * @returns {Counts} at least one failed when the exit code says so
 */
export function vitestCounts(file, code) {
  const report = readReport(file)
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  }
  return withCrash(counts, code, report)
}

/**
 * Reads Playwright's JSON report. A flaky test passed in the end.
 * @param {string} file which is missing when Playwright crashed
 * @param {number} code its exit code
 * @returns {Counts} at least one failed when the exit code says so
 */
export function playwrightCounts(file, code) {
  const report = readReport(file)
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {}
  return withCrash({ passed: expected + flaky, failed: unexpected, skipped }, code, report)
}

/** A part that ended badly or left no report counts as one failure, if it names none itself. */
function withCrash(counts, code, report) {
  const crashed = counts.failed === 0 && (code !== 0 || !report)
  return crashed ? { ...counts, failed: 1 } : counts
}

function readReport(file) {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
