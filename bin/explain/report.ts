import type { Plan } from '../../db/explain'
import type { Explained } from '../../db/named-queries/named-queries'
import { formatCount, formatMs } from '../../db/plan-numbers'
import { planTree } from '../../db/plan-tree'
import { planWarnings } from '../../db/plan-warnings'

type Style = { sql: boolean }

/** A call with the plan of each statement that it sent, as text. */
export function report(explained: Explained, style: Style): string {
  const { params } = explained
  return [
    titleOf(explained),
    standingOf(explained),
    ...(params === '' ? [] : [`Unless given: ${params}`]),
    '',
    ...bodyOf(explained, style),
  ].join('\n')
}

/** Two calls: their figures in one table, then their plans beside each other where `columns` characters hold both. */
export function reportBoth(left: Explained, right: Explained, style: Style & { columns: number }): string {
  const bodies = [left, right].map((each) => [titleOf(each), '', ...bodyOf(each, style)])
  const [first = [], second = []] = bodies
  const width = widthOf(first)
  const fits = width + 3 + widthOf(second) <= style.columns
  const plans = fits
    ? Array.from({ length: Math.max(first.length, second.length) }, (_, index) =>
        `${(first[index] ?? '').padEnd(width)} │ ${second[index] ?? ''}`.trimEnd(),
      )
    : [...first, '', ...second]
  return [standingOf(left), '', ...figuresTable(left, right), '', ...plans].join('\n')
}

const widthOf = (lines: readonly string[]): number => Math.max(0, ...lines.map((line) => line.length))

function titleOf({ query, given }: Explained): string {
  const params = Object.entries(given).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return [query, ...params].join(' ')
}

const standingOf = ({ person, restaurant }: Explained): string =>
  `As ${person.name} <${person.email}>, ${person.role}, at ${restaurant.name} (${restaurant.slug}).`

function bodyOf({ plans }: Explained, { sql }: Style): string[] {
  if (plans.length === 0) return ['This call sends no statement.']
  return plans.flatMap((plan, index) => [
    `Statement ${index + 1} of ${plans.length}: ${summaryOf(plan)}`,
    ...(sql ? statementLines(plan) : [beginningOf(plan)]),
    ...planTree(plan),
    '',
  ])
}

function summaryOf({ executionMs, planningMs, buffers }: Plan): string {
  const planned = `planned in ${formatMs(planningMs)} ms`
  if (executionMs === null) return `not run to its end within the limit; this is what was ${planned}.`
  return `${formatMs(executionMs)} ms, ${formatCount(buffers)} pages of 8 kB, ${planned}.`
}

const beginningOf = ({ statement }: Plan): string => {
  const flat = statement.text.replace(/\s+/g, ' ').trim()
  return flat.length > 100 ? `${flat.slice(0, 99)}…` : flat
}

const statementLines = ({ statement }: Plan): string[] => ['', ...statement.text.trim().split('\n'), '']

function figuresTable(left: Explained, right: Explained): string[] {
  const sum = (plans: readonly Plan[], of: (plan: Plan) => number) =>
    plans.reduce((total, plan) => total + of(plan), 0)
  const number = (name: string, of: (plan: Plan) => number, write: (value: number) => string) => {
    const [a, b] = [sum(left.plans, of), sum(right.plans, of)]
    return [name, write(a), write(b), a > 0 ? `× ${(b / a).toPrecision(2)}` : '']
  }
  const list = (name: string, of: (plan: Plan) => readonly string[]) => {
    const names = ({ plans }: Explained) => [...new Set(plans.flatMap(of))].join(', ') || 'none'
    return [name, names(left), names(right), '']
  }
  const rows = [
    ['', 'first', 'second', ''],
    number('statements', () => 1, formatCount),
    number('ms', ({ executionMs }) => executionMs ?? 0, formatMs),
    number('planning ms', ({ planningMs }) => planningMs, formatMs),
    number('pages of 8 kB', ({ buffers }) => buffers, formatCount),
    list('indexes', ({ indexes }) => indexes),
    list('tables read whole', ({ scanned }) => scanned),
    list('to look at', (plan) => [...planWarnings(plan.tree).values()].flat()),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Everything of a call, for other programs. */
export function reportJson({ plans, ...call }: Explained): object {
  return {
    ...call,
    statements: plans.map(({ statement, tree, ...plan }) => ({
      text: statement.text.trim(),
      ...plan,
      warnings: [...planWarnings(tree).values()].flat(),
      plan: tree,
    })),
  }
}
