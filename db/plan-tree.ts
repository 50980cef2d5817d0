import { buffersOf, type Plan, type PlanNode } from './explain'
import { formatCount, formatMs } from './plan-numbers'
import { planWarnings } from './plan-warnings'

/** What a node does to which rows is cut off after this many characters: lists of ids may be long. */
const LONGEST_DETAIL = 110

type Row = { text: string; figures: readonly string[] }

const HEAD = ['rows', 'expected', 'pages', 'ms']

/**
 * A plan as a tree, one line a node: all rows it gave over all its loops beside the planner's estimate, pages of 8 kB and
 * milliseconds with those of the nodes below it; under it its conditions and, marked with "!", what to look at.
 */
export function planTree(plan: Plan): string[] {
  const rows: Row[] = []
  addNode(rows, plan.tree, planWarnings(plan.tree), '', '')
  const width = Math.max(...rows.filter(({ figures }) => figures.length > 0).map(({ text }) => text.length))
  const columns = HEAD.map((head, index) =>
    Math.max(head.length, ...rows.map(({ figures }) => (figures[index] ?? '').length)),
  )
  const line = ({ text, figures }: Row) =>
    figures.length === 0
      ? text
      : [text.padEnd(width), ...figures.map((figure, index) => figure.padStart(columns[index] ?? 0))].join(
          '  ',
        )
  return [{ text: '', figures: HEAD }, ...rows].map(line)
}

function addNode(
  rows: Row[],
  node: PlanNode,
  warnings: ReadonlyMap<PlanNode, readonly string[]>,
  branch: string,
  beneath: string,
): void {
  const children = node.Plans ?? []
  rows.push({ text: `${branch}${labelOf(node)}`, figures: figuresOf(node) })
  const hang = `${beneath}${children.length > 0 ? '│' : ' '}    `
  for (const detail of detailsOf(node)) rows.push({ text: `${hang}${shorten(detail)}`, figures: [] })
  for (const warning of warnings.get(node) ?? []) rows.push({ text: `${hang}! ${warning}`, figures: [] })
  for (const [index, child] of children.entries()) {
    const last = index === children.length - 1
    addNode(rows, child, warnings, `${beneath}${last ? '└─ ' : '├─ '}`, `${beneath}${last ? '   ' : '│  '}`)
  }
}

function labelOf(node: PlanNode): string {
  const { Alias: alias, 'Relation Name': relation, 'Actual Loops': loops = 1 } = node
  const source = relation ?? node['CTE Name'] ?? node['Function Name']
  const strategy = node.Strategy === 'Hashed' || node.Strategy === 'Mixed' ? 'Hash' : ''
  const join = node['Join Type'] && node['Join Type'] !== 'Inner' ? ` ${node['Join Type']}` : ''
  return [
    node['Subplan Name'] && `[${node['Subplan Name']}]`,
    `${strategy}${node['Node Type']}${join}`,
    source,
    alias && alias !== source && `as ${alias}`,
    node['Index Name'] && `by ${node['Index Name']}`,
    loops > 1 && `× ${formatCount(loops)}`,
  ]
    .filter(Boolean)
    .join(' ')
}

function figuresOf(node: PlanNode): string[] {
  const { 'Actual Loops': loops, 'Actual Rows': real } = node
  if (loops === 0) return ['never run', '', '', '']
  if (loops === undefined || real === undefined) return ['', formatCount(node['Plan Rows']), '', '']
  const time = node['Actual Total Time']
  return [
    formatCount(real * loops),
    formatCount(node['Plan Rows'] * loops),
    formatCount(buffersOf(node)),
    time === undefined ? '' : formatMs(time * loops),
  ]
}

function detailsOf(node: PlanNode): string[] {
  const loops = node['Actual Loops'] ?? 1
  const removed = (rows: number | undefined) => (rows ? `, removed ${formatCount(rows * loops)} rows` : '')
  const details = [
    node['Index Cond'] && `index: ${node['Index Cond']}`,
    node['Hash Cond'] && `hash: ${node['Hash Cond']}`,
    node['Merge Cond'] && `merge: ${node['Merge Cond']}`,
    node['Join Filter'] && `join: ${node['Join Filter']}${removed(node['Rows Removed by Join Filter'])}`,
    node.Filter && `filter: ${node.Filter}${removed(node['Rows Removed by Filter'])}`,
    node['Rows Removed by Index Recheck'] &&
      `recheck: ${node['Recheck Cond'] ?? ''}${removed(node['Rows Removed by Index Recheck'])}`,
    node['Sort Key'] && `by: ${node['Sort Key'].join(', ')}`,
    node['Heap Fetches'] && `went to the table for ${formatCount(node['Heap Fetches'])} rows: vacuum`,
  ]
  return details.filter((detail) => typeof detail === 'string')
}

/** The end says how many rows were removed, so the middle goes. */
function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  if (flat.length <= LONGEST_DETAIL) return flat
  const end = 30
  return `${flat.slice(0, LONGEST_DETAIL - end - 3)} … ${flat.slice(-end)}`
}
