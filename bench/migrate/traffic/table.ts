import { markdownTable } from '../../lib/report'
import { figuresOf, type Sample } from './recorder'

/** A row for each kind of request: how many, how many failed, and how long they took. */
export function trafficTable(samples: readonly Sample[]): string {
  const rows = [...figuresOf(samples)].map(([kind, { count, failed, p50, p99, max }]) => [
    kind,
    String(count),
    String(failed),
    ...[p50, p99, max].map((ms) => ms.toFixed(0)),
  ])
  return markdownTable(['request', 'count', 'failed', 'median ms', 'p99 ms', 'max ms'], rows)
}
