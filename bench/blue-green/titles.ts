import { setTimeout as pause } from 'node:timers/promises'
import { openSession, type Session } from '@/db/client'

const LOOK_EVERY_MS = 200

export type TitleCheck = {
  /** How often it was looked while there were both columns. */
  looks: number
  /** The most recipes that had another title than name at one of those moments. */
  differing: number
  /** The most recipes without a title while none was allowed to be without. */
  missing: number
}

type Look = { differing: number; missing: number }

/** Compares the two columns of the rename that is under way, five times a second, each time as of one moment. */
export async function watchTitles(url: string) {
  const session = await openSession(url, { applicationName: 'bench titles' })
  const stopping = new AbortController()
  const check: TitleCheck = { looks: 0, differing: 0, missing: 0 }
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const found = await look(session)
      if (found) {
        check.looks++
        check.differing = Math.max(check.differing, found.differing)
        check.missing = Math.max(check.missing, found.missing)
      }
      await pause(LOOK_EVERY_MS)
    }
  })()
  return {
    async stop(): Promise<TitleCheck> {
      stopping.abort()
      await watching
      await session.close()
      return check
    },
  }
}

/** Null where there are not both columns, whether it was seen before or in the middle of asking. */
async function look(session: Session): Promise<Look | null> {
  const columns = await session.query<{ name: string; required: boolean }>(
    `select attname as name, attnotnull as required from pg_attribute
     where attrelid = 'recipes'::regclass and attname in ('name', 'title') and not attisdropped`,
  )
  const title = columns.find(({ name }) => name === 'title')
  if (!title || columns.length < 2) return null
  const [found] = await session
    .query<Look>(
      `select (count(*) filter (where title <> name))::int as differing,
         (count(*) filter (where title is null))::int as missing
       from recipes`,
    )
    .catch((error: { code?: string }) => {
      if (error.code === UNDEFINED_COLUMN) return []
      throw error
    })
  return found ? { ...found, missing: title.required ? found.missing : 0 } : null
}

const UNDEFINED_COLUMN = '42703'
