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

export type Facade = ReturnType<typeof driverFacade>

/** BEGIN to COMMIT on one connection. A connection that dies fails all later calls; nothing runs outside. */
export async function runTransaction<T>(
  run: Run,
  codecs: Codecs,
  work: (facade: Facade) => Promise<T>,
): Promise<T> {
  let over = false
  let untilCommit: number | null = null
  let ended: Promise<Rows> | undefined
  const guarded: Run = (text, args, arrays) => {
    if (over) return Promise.reject(new Error('This transaction has ended: a query was not awaited in it.'))
    if (untilCommit === null) return run(text, args, arrays)
    const answer = run(text, args, arrays, true)
    if (--untilCommit === 0) {
      over = true
      ended = run('commit', [], false, true)
      // It is looked at below, once all those before it were.
      ended.catch(() => {})
    }
    return answer
  }
  await run('begin', [], false)
  try {
    const facade = driverFacade(guarded, codecs, {
      savepoint: savepoints(guarded, codecs),
      commitAfter: (statements: number) => {
        untilCommit = statements
      },
    })
    const result = await work(facade)
    over = true
    const { command } = await (ended ?? run('commit', [], false))
    if (command === 'ROLLBACK')
      throw new Error('The transaction was rolled back: a failed statement in it was ignored.')
    return result
  } catch (error) {
    over = true
    await (ended ?? run('rollback', [], false)).catch(() => {})
    throw error
  }
}

function savepoints(run: Run, codecs: Codecs) {
  let depth = 0
  const savepoint = async <T>(work: (facade: Facade) => Promise<T>): Promise<T> => {
    const name = `s${++depth}`
    await run(`savepoint ${name}`, [], false)
    try {
      const result = await work(driverFacade(run, codecs, { savepoint }))
      await run(`release savepoint ${name}`, [], false)
      return result
    } catch (error) {
      await run(`rollback to savepoint ${name}`, [], false).catch(() => {})
      throw error
    }
  }
  return savepoint
}
