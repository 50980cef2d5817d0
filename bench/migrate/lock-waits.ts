import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'

/** Waits that are shorter may not be seen, and those that are seen may have gone on for as long again. */
const LOOK_EVERY_MS = 50

export type LockWait = {
  /** When it was seen first and last, in milliseconds of this process. */
  from: number
  to: number
  /** How long it had lasted when it was seen last, by the server's clock. */
  ms: number
  /** Who waits: a program that serves, or a migrator, which holds up nobody by waiting for transactions to end. */
  by: 'server' | 'migrator' | 'other'
  /** `AccessShareLock on orders`. */
  what: string
  /** What the one who waited had asked for, and what the one who was waited for was doing when that was seen last. */
  asked: string
  heldBy: string
}

type Row = {
  pid: number
  app: string
  mode: string
  on: string
  started: string
  ms: number
  asked: string
  heldBy: string
}

/** What a session is doing: `idle in transaction (ClientRead) after insert into …`. */
const doing = (session: string) => `concat_ws(' ', ${session}.application_name || ',', ${session}.state,
  '(' || ${session}.wait_event || ')', 'in', left(regexp_replace(trim(${session}.query), '\\s+', ' ', 'g'), 60))`

/** Looks twenty times a second who waits for which lock (`pg_locks.waitstart`), until stopped. */
export async function watchLockWaits(url: string) {
  const session = await openSession(url, { applicationName: 'bench lock waits' })
  const waits = new Map<string, LockWait>()
  const stopping = new AbortController()

  const look = async () => {
    const rows = await session.query<Row>(`
      select l.pid, a.application_name as app, l.mode,
        coalesce(l.relation::regclass::text, l.locktype) as on, l.waitstart::text as started,
        (extract(epoch from clock_timestamp() - l.waitstart) * 1000)::float8 as ms,
        ${doing('a')} as asked, coalesce(holder.was, 'nobody any more') as "heldBy"
      from pg_locks l
      join pg_stat_activity a on a.pid = l.pid and a.datname = current_database()
      left join lateral (
        select string_agg(${doing('h')}, '; ') as was from pg_stat_activity h where h.pid = any(pg_blocking_pids(l.pid))
      ) holder on true
      where not l.granted and l.waitstart is not null`)
    const to = performance.now()
    for (const { pid, app, mode, on, started, ms, asked, heldBy } of rows) {
      const by = app === 'brigade' ? 'server' : app.startsWith('brigade ') ? 'migrator' : 'other'
      waits.set(`${pid} ${started}`, { from: to - ms, to, ms, by, what: `${mode} on ${on}`, asked, heldBy })
    }
  }
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await look()
      await pause(LOOK_EVERY_MS)
    }
  })()

  return {
    /** Those that were going on at some time between two moments. */
    between: (from: number, to: number): LockWait[] =>
      [...waits.values()].filter((wait) => wait.to >= from && wait.from <= to),
    async stop(): Promise<void> {
      stopping.abort()
      await looking
      await session.close()
    },
  }
}

/** Null where none was seen. */
export const longestOf = (waits: readonly LockWait[]): LockWait | null =>
  waits.reduce<LockWait | null>((a, b) => (a && a.ms >= b.ms ? a : b), null)

/** The longest wait of what serves people; null where none was seen. */
export const longestOfServers = (waits: readonly LockWait[]): LockWait | null =>
  longestOf(waits.filter(({ by }) => by === 'server'))
