import { Figure, FigureRow } from '@/app/_ui/figure'
import { StatusMark } from '@/app/_ui/status-mark'
import type { DatabaseStats } from '@/db/client'
import { formatSeconds } from '@/domain/duration'
import { judgeQueue } from './judge'

/** The connections of the web process that answers, and how its requests come by them. */
export function PoolFigureRow({ stats, queue }: { stats: DatabaseStats; queue: number }) {
  const { inUse, max, waiting, admitted, refused, waitedMs, longestWaitMs } = stats
  const tone = judgeQueue(waiting, queue)
  const perRequest = admitted === 0 ? 0 : waitedMs / admitted / 1000
  return (
    <FigureRow>
      <Figure label="Connections in use" value={inUse} unit={`of ${max}`} compare="without this page’s own" />
      <Figure
        label="Requests waiting"
        value={waiting}
        compare={tone ? <StatusMark tone={tone}>for a connection</StatusMark> : 'none is usual'}
      />
      <Figure
        label="Longest wait"
        value={formatSeconds(longestWaitMs / 1000)}
        compare={`${formatSeconds(perRequest)} on average, since the start`}
      />
      <Figure
        label="Refused"
        value={refused}
        compare={refused > 0 ? 'since the start: raise POOL_MAX or add a process' : 'none since the start'}
      />
    </FigureRow>
  )
}
