import type { ReactNode } from 'react'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { StatusMark } from '@/app/_ui/status-mark'
import { longestWait } from '@/db/migrate/watch'
import type { ServerFigures, ServerSession } from '@/db/queries/activity'
import { formatSeconds } from '@/domain/duration'
import type { LockNode } from '@/domain/lock-tree'
import { judgeConnections, judgeTransaction, judgeWait } from './judge'

/** The server in figures, each with what is usual. A figure out of the usual says so in a word. */
export function ServerFigureRow({
  server,
  locks,
}: {
  server: ServerFigures
  locks: LockNode<ServerSession>[]
}) {
  const { connections, maxConnections, active, waiting, oldestTransaction } = server
  const wait = longestWait(locks)
  return (
    <FigureRow>
      <Figure
        label="Connections"
        value={connections}
        unit={`of ${maxConnections}`}
        compare={told(
          judgeConnections(connections, maxConnections),
          'nearly all',
          'under three quarters is usual',
        )}
      />
      <Figure label="Statements running" value={active} compare="a few is usual" />
      <Figure
        label="Waiting for a lock"
        value={waiting}
        compare={told(
          judgeWait(wait),
          `for ${formatSeconds(wait)}`,
          waiting > 0 ? `for ${formatSeconds(wait)} at most` : 'nobody is usual',
        )}
      />
      <Figure
        label="Oldest transaction"
        value={oldestTransaction === null ? '–' : formatSeconds(oldestTransaction)}
        compare={told(judgeTransaction(oldestTransaction ?? 0), 'holds up cleaning', 'under 5 s is usual')}
      />
    </FigureRow>
  )
}

function told(tone: 'amber' | 'red' | null, word: string, usual: string): ReactNode {
  return tone ? <StatusMark tone={tone}>{word}</StatusMark> : usual
}
