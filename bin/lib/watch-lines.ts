import { longestWait, type Snapshot } from '../../db/migrate/watch'
import type { ServerSession } from '../../db/queries/activity'
import type { BackfillStatus } from '../../db/queries/migrations'
import { formatSeconds as seconds } from '../../domain/duration'
import type { LockNode } from '../../domain/lock-tree'

/** One line for the whole: whether anybody waits, how much is going on, and where; cut off where it is too long. */
export function headline({ server, locks, migrator }: Snapshot): string {
  const waits = longestWait(locks)
  return [
    server.waiting === 0 ? 'nobody waits' : `${server.waiting} waiting, the longest ${seconds(waits)}`,
    `${server.active} active`,
    ...(server.oldestTransaction === null ? [] : [`oldest transaction ${seconds(server.oldestTransaction)}`]),
    `${server.connections} of ${server.maxConnections} connections`,
    ...(migrator ? [`migrating: server process ${migrator.pid}`] : []),
    `${server.database} on PostgreSQL ${server.version}`,
  ].join(' · ')
}

/** What stands under the headline, a heading above each part; nothing where all is well. */
export function details({ server, locks, long, idle, builds, backfills, migrator }: Snapshot): string[] {
  const parts: [heading: string, lines: string[]][] = [
    ['Locks: who waits for whom', locks.flatMap((node) => treeLines(node, ''))],
    ['Long statements', long.map((each) => `${age(each.querySeconds)}  ${who(each)}  ${each.query}`)],
    [
      'Idle in transaction',
      idle.map(
        (each) =>
          `${age(each.stateSeconds)}  ${who(each)}, open for ${seconds(each.transactionSeconds ?? 0)}, last: ${each.query}`,
      ),
    ],
    [
      'Index builds',
      builds.map(
        ({ pid, table, index, share, text }) =>
          `${percent(share)}  ${index ?? 'an index'} on ${table} (${pid}): ${text}`,
      ),
    ],
    ['Backfills', backfills.map((backfill) => backfillLine(backfill, migrator !== null))],
    ['Invalid indexes, which an interrupted build left', server.invalidIndexes],
  ]
  return parts.flatMap(([heading, lines]) =>
    lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)],
  )
}

function treeLines({ session, waiting }: LockNode<ServerSession>, indent: string): string[] {
  const waits =
    session.blockedBy.length === 0
      ? `${session.state ?? 'busy'}, transaction open for ${seconds(session.transactionSeconds ?? 0)}`
      : `waits ${seconds(session.waitSeconds ?? 0)} for ${session.wants ?? 'a lock'}${others(session)}`
  const line = `${indent}${indent === '' ? '' : '└ '}${who(session)} ${waits}: ${session.query}`
  return [line, ...waiting.flatMap((node) => treeLines(node, `${indent}  `))]
}

/** A prepared transaction has no session that could be shown above. */
const others = ({ blockedBy }: ServerSession) =>
  blockedBy.includes(0) ? ', held by a prepared transaction' : ''

const who = ({ pid, name, kind }: ServerSession) => `${pid} ${name || kind || 'unnamed'}`

/** A backfill's line, such as "41 %  0035_titles: 4,100 of about 10,000 rows, batches of 800 in 190 ms". */
export function backfillLine(backfill: BackfillStatus, isMigrating: boolean): string {
  const { name, rowsDone, rowsExpected, batchSize, batchMs } = backfill
  const rows = Math.max(rowsDone, rowsExpected)
  const figures = [`${figure(rowsDone)} of about ${figure(rows)} rows`]
  if (batchMs !== null) figures.push(`batches of ${figure(batchSize)}, the last in ${batchMs} ms`)
  const state = backfillState(backfill, isMigrating)
  return `${percent(rowsDone / Math.max(1, rows))}  ${name}: ${[...figures, state].join(', ')}`
}

function backfillState({ finishedAt, pausedBy, asideFor }: BackfillStatus, isMigrating: boolean): string {
  if (finishedAt) return `done ${finishedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (pausedBy !== null) return `paused by ${pausedBy}`
  if (!isMigrating) return 'stopped'
  return asideFor === null ? 'at work' : `waits: ${asideFor}`
}

const percent = (share: number) => `${Math.floor(share * 100)} %`.padStart(5)
const figure = (value: number) => Math.round(value).toLocaleString('en-GB')
const age = (value: number | null) => seconds(value ?? 0).padStart(8)
