import { StatusMark } from '@/app/_ui/status-mark'
import type { ServerSession } from '@/db/queries/activity'
import { formatSeconds } from '@/domain/duration'
import type { LockNode } from '@/domain/lock-tree'
import { BlockerForm } from './blocker-form'
import { judgeWait } from './judge'

/** Whoever holds what others need, to be ended if need be, and under each one those who wait for it. */
export function LockTree({ nodes }: { nodes: LockNode<ServerSession>[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {nodes.map(({ session, waiting }) => (
        <li key={session.pid}>
          <Session session={session} />
          {waiting.length > 0 ? (
            <div className="ml-1.5 border-l border-edge pl-4">
              <LockTree nodes={waiting} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Session({ session }: { session: ServerSession }) {
  const { pid, name, kind, query, blockedBy, transactionId, state } = session
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 py-1">
      <span className="tabular-nums">{pid}</span>
      <b>{name || kind || 'unnamed'}</b>
      <Waits session={session} />
      <code className="line-clamp-2 basis-full text-muted wrap-anywhere" title={query}>
        {query}
      </code>
      {blockedBy.length === 0 && transactionId !== null ? (
        <BlockerForm
          pid={pid}
          transactionId={transactionId}
          name={name || kind || 'unnamed'}
          isBusy={state === 'active'}
        />
      ) : null}
    </div>
  )
}

function Waits({ session }: { session: ServerSession }) {
  const { blockedBy, state, transactionSeconds, waitSeconds, wants } = session
  if (blockedBy.length === 0)
    return (
      <span>
        {state ?? 'busy'}, transaction open for {formatSeconds(transactionSeconds ?? 0)}
      </span>
    )
  const words = `waits ${formatSeconds(waitSeconds ?? 0)}`
  const tone = judgeWait(waitSeconds ?? 0)
  return (
    <>
      {tone ? <StatusMark tone={tone}>{words}</StatusMark> : <span>{words}</span>}
      <span className="text-muted">
        for {wants ?? 'a lock'}
        {blockedBy.includes(0) ? ', held by a prepared transaction' : ''}
      </span>
    </>
  )
}
