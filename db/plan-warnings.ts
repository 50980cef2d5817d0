import { type PlanNode, walkPlan } from './explain'

/** Rows: a sequential scan of more is worth a look. */
const LARGE_SCAN = 10_000
/** An estimate that is off by this factor leads the planner astray. */
const WRONG_BY = 10
/** Rows: being off by a factor of ten among fewer costs nothing. */
const FEW_ROWS = 100
/** Rows that a filter may throw away before anybody should ask for an index. */
const MANY_REMOVED = 1000

/** Nodes that read their input to its end before they give their first row. */
const READS_ALL = /^(Sort|Hash|Aggregate|WindowAgg|SetOp|Materialize|Memoize|Bitmap Heap Scan|Gather Merge)$/

/**
 * What a measured plan should make one look at, in words, by node: a table of more than 10,000 rows read from end to end,
 * a sort or hash that went to disk, an estimate off by ten or more, a filter that threw most of its rows away.
 */
export function planWarnings(tree: PlanNode): Map<PlanNode, string[]> {
  const stopped = new Set(stoppedEarly(tree, false))
  const found = new Map<PlanNode, string[]>()
  for (const node of walkPlan(tree)) {
    if (!node['Actual Loops']) continue
    const warnings = [
      largeScan(node),
      onDisk(node),
      wrongEstimate(node, stopped.has(node)),
      wastefulFilter(node),
    ]
    const texts = warnings.filter((text) => text !== null)
    if (texts.length > 0) found.set(node, texts)
  }
  return found
}

const count = (value: number): string => Math.round(value).toLocaleString('en-GB')
const inAll = (node: PlanNode, perLoop: number): number => perLoop * (node['Actual Loops'] ?? 0)

const removedBy = (node: PlanNode): number =>
  (node['Rows Removed by Filter'] ?? 0) +
  (node['Rows Removed by Join Filter'] ?? 0) +
  (node['Rows Removed by Index Recheck'] ?? 0)

function largeScan(node: PlanNode): string | null {
  if (node['Node Type'] !== 'Seq Scan') return null
  const read = inAll(node, (node['Actual Rows'] ?? 0) + removedBy(node))
  return read > LARGE_SCAN ? `sequential scan over ${count(read)} rows of ${node['Relation Name']}` : null
}

function onDisk(node: PlanNode): string | null {
  if (node['Sort Space Type'] === 'Disk')
    return `sort on disk, ${count(node['Sort Space Used'] ?? 0)} kB: more than work_mem holds`
  const batches = Math.max(node['Hash Batches'] ?? 1, node['HashAgg Batches'] ?? 1)
  if (batches > 1 || node['Disk Usage'])
    return `hash on disk, in ${batches} batches: more than work_mem holds`
  return null
}

function wrongEstimate(node: PlanNode, stopped: boolean): string | null {
  const real = node['Actual Rows'] ?? 0
  const expected = node['Plan Rows']
  // Whoever asks for 20 rows of an index gets 20, whatever the planner expected of its end.
  if (stopped && real < expected) return null
  const factor = Math.max(real, expected) / Math.max(1, Math.min(real, expected))
  if (factor < WRONG_BY || Math.max(real, expected) < FEW_ROWS) return null
  return `estimate off by ${count(factor)}×: ${count(expected)} rows expected, ${count(real)} found`
}

function wastefulFilter(node: PlanNode): string | null {
  const removed = inAll(node, removedBy(node))
  const kept = inAll(node, node['Actual Rows'] ?? 0)
  if (removed < MANY_REMOVED || removed < WRONG_BY * kept) return null
  return `${count(removed)} rows removed by filter for ${count(kept)} kept`
}

/** The nodes that whoever is above them may stop before their end. */
function* stoppedEarly(node: PlanNode, stopped: boolean): Generator<PlanNode> {
  if (stopped) yield node
  const type = node['Node Type']
  for (const child of node.Plans ?? []) {
    const innerMayStop =
      child['Parent Relationship'] === 'Inner' && /^(Semi|Anti)$/.test(node['Join Type'] ?? '')
    const starts = type === 'Limit' || type === 'Merge Join' || innerMayStop
    yield* stoppedEarly(child, starts || (stopped && !READS_ALL.test(type)))
  }
}
