import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'

const LOOK_EVERY_MS = 250

/** Counts the connections that the web processes have to a database, four times a second, until stopped. */
export async function watchConnections(url: string) {
  const session = await openSession(url, { applicationName: 'bench connections' })
  const stopping = new AbortController()
  let most = 0
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const [found] = await session.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name in ('brigade', 'brigade-listener')`,
      )
      most = Math.max(most, found?.count ?? 0)
      await pause(LOOK_EVERY_MS)
    }
  })()
  return {
    /** The most that there were at one of these moments. */
    async stop(): Promise<number> {
      stopping.abort()
      await watching
      await session.close()
      return most
    },
  }
}
