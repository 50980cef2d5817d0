import type { CheckResult } from './check'
import type { Excused } from './excuses'
import type { Finding } from './finding'

/** The result for the terminal: findings, excuses, the sum. */
export function describeCheck({ files, findings, excused }: CheckResult): string {
  const parts = findings.map(describeFinding)
  if (excused.length > 0) parts.push(['Excused:', ...describeExcused(excused)].join('\n'))
  const what = files === 1 ? '1 migration' : `${files} migrations`
  parts.push(
    findings.length === 0
      ? `${what} checked: nothing would hold up a running chain.`
      : `${what} checked: ${findings.length} to mend.`,
  )
  return parts.join('\n\n')
}

/** One line for each file and rule, however often the rule found something there. */
function describeExcused(excused: readonly Excused[]): string[] {
  const groups = new Map<string, Excused[]>()
  for (const each of excused) {
    const key = `${each.finding.file} ${each.finding.rule}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const times = others.length > 0 ? ` (${others.length + 1} times)` : ''
    return [`  ${place(first.finding)}  ${first.finding.rule}${times}: ${first.reason}`]
  })
}

function describeFinding(finding: Finding): string {
  const { rule, problem, locks, safe } = finding
  return [
    `${place(finding)}  ${rule}`,
    `  ${problem}`,
    `  What waits:  ${locks}`,
    `  Safe way:    ${safe}`,
  ].join('\n')
}

function place({ file, line }: Finding): string {
  return `db/migrations/${file}.sql:${line}`
}
