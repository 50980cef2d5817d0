import { migrateBack, planBack } from '../../db/migrate/back'
import { Refused } from '../../db/migrate/refused'
import { connectionProblem } from '../lib/connection'
import { progressDisplay } from '../lib/progress'
import { stopSignal } from '../lib/run.mjs'
import { tell } from './tell'

const LOOK = 2

/**
 * Shows what takes back the migrations after `to`, last first, and does so when told.
 * @returns the exit code: 0 done or nothing to do, 1 refused or failed, 2 shown only, 130 stopped
 */
export async function back(url: string, to: string, yes: boolean): Promise<number> {
  try {
    const ways = await planBack(url, to)
    if (ways.length === 0) return say(`The database is at ${to} already.`, 0)
    if (!yes) {
      for (const { migration, parts } of ways) {
        console.log(migration.name)
        for (const { sql } of parts) console.log(`  ${sql.replaceAll('\n', '\n  ')};`)
        if (parts.length === 0) console.log('  nothing to do')
      }
      return say(
        '\nWhat was written into what goes is lost. To take all of this back: the same with --yes.',
        LOOK,
      )
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    console.error(error.reason === 'unreachable' ? connectionProblem(error.cause, url) : error.message)
    return 1
  }
  const display = progressDisplay(process.stdout)
  const result = await migrateBack(url, to, {
    signal: stopSignal(),
    report: (progress) => tell(display, progress),
  })
  display.clear()
  if (result.ok)
    return say(
      `The database is as after ${to}. Start the release that ended with it: a newer one applies the rest again.`,
      0,
    )
  console.error(result.message)
  return result.reason === 'stopped' ? 130 : 1
}

function say(text: string, code: number): number {
  console.log(text)
  return code
}
