import type { Run } from './connection'
import type { Codecs, Rows } from './driver'

/** What Drizzle's session asks of a postgres.js client: a statement, a transaction, a savepoint. */
export function driverFacade(run: Run, codecs: Codecs, nested: object) {
  return {
    options: codecs,
    unsafe(text: string, args: unknown[] = []) {
      const start = (arrays: boolean) => run(text, args, arrays)
      return {
        values: () => start(true),
        // biome-ignore lint/suspicious/noThenProperty: Drizzle awaits the query object, as it does the driver's.
        then: (...handlers: Parameters<Promise<Rows>['then']>) => start(false).then(...handlers),
      }
    },
    ...nested,
  }
}

const NOTIFY = `
  select pg_notify(channel, payload) from json_to_recordset($1::text::json) as n (channel text, payload text)`

export type Facade = ReturnType<typeof driverFacade>

export type Notice = { channel: string; payload: string }

/** BEGIN to COMMIT on one connection, and what is to be told once it is committed. A connection that dies fails all later calls; nothing runs outside. */
export async function runTransaction<T>(
  run: Run,
  codecs: Codecs,
  work: (facade: Facade) => Promise<T>,
): Promise<T> {
  let over = false
  let untilCommit: number | null = null
  let ended: Promise<Rows> | undefined
  let told: Promise<unknown> | undefined
  const notices: Notice[] = []
  const commit = (unanswered: boolean): Promise<Rows> => {
    const committed = run('commit', [], false, unanswered)
    if (notices.length > 0)
      // What was committed stays so, whether or not anybody hears of it.
      told = run(NOTIFY, [JSON.stringify(notices)], false, unanswered).catch(() => {})
    return committed
  }
  const guarded: Run = (text, args, arrays) => {
    if (over) return Promise.reject(new Error('This transaction has ended: a query was not awaited in it.'))
    if (untilCommit === null) return run(text, args, arrays)
    const answer = run(text, args, arrays, true)
    if (--untilCommit === 0) {
      over = true
      ended = commit(true)
      // It is looked at below, once all those before it were.
      ended.catch(() => {})
    }
    return answer
  }
  await run('begin', [], false)
  try {
    const notify = (notice: Notice) => void notices.push(notice)
    const facade = driverFacade(guarded, codecs, {
      savepoint: savepoints(guarded, codecs, { notify }),
      notify,
      commitAfter: (statements: number) => {
        untilCommit = statements
      },
    })
    const result = await work(facade)
    over = true
    const { command } = await (ended ?? commit(false))
    if (command === 'ROLLBACK')
      throw new Error('The transaction was rolled back: a failed statement in it was ignored.')
    await told
    return result
  } catch (error) {
    over = true
    await (ended ?? run('rollback', [], false)).catch(() => {})
    throw error
  }
}

function savepoints(run: Run, codecs: Codecs, outermost: object) {
  let depth = 0
  const savepoint = async <T>(work: (facade: Facade) => Promise<T>): Promise<T> => {
    const name = `s${++depth}`
    await run(`savepoint ${name}`, [], false)
    try {
      const result = await work(driverFacade(run, codecs, { savepoint, ...outermost }))
      await run(`release savepoint ${name}`, [], false)
      return result
    } catch (error) {
      await run(`rollback to savepoint ${name}`, [], false).catch(() => {})
      throw error
    }
  }
  return savepoint
}
