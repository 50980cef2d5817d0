/** Fills an empty database: --demo with a believable chain, --scale N with N times the volume set. */
import { parseArgs } from 'node:util'
import { ConnectionLost } from '../../db/client'
import { loadDemo } from '../../db/seed/demo/load'
import type { Loaded } from '../../db/seed/loader'
import { loadVolume } from '../../db/seed/volume/load'
import { connectionProblem } from '../lib/connection'

const USAGE = 'Usage: npm run db:seed -- --demo, or npm run db:seed -- --scale N (1 makes 200,000 orders)'
const NOT_MIGRATED = 'This database has no tables yet: run npm run db:migrate first.'

/** Some hundred gigabytes: more is a slip of the finger. */
const LARGEST_SCALE = 1000

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''
const wish = readWish(process.argv.slice(2))
if (wish) await seed(wish)
else fail(USAGE)

type Wish = 'demo' | { scale: number }

function readWish(args: string[]): Wish | undefined {
  const { demo, scale } = options(args)
  if (demo && scale === undefined) return 'demo'
  const number = Number(scale)
  return !demo && number > 0 && number <= LARGEST_SCALE ? { scale: number } : undefined
}

function options(args: string[]): { demo?: boolean | undefined; scale?: string | undefined } {
  try {
    return parseArgs({ args, options: { demo: { type: 'boolean' }, scale: { type: 'string' } } }).values
  } catch {
    return {}
  }
}

async function seed(what: Wish): Promise<void> {
  try {
    const report = (line: string) => console.log(`  ${line}`)
    if (what === 'demo') demoOutcome(await loadDemo(url, report))
    else volumeOutcome(await loadVolume(url, { ...what, report }))
  } catch (error) {
    if (!(error instanceof ConnectionLost) && URL.canParse(url)) throw error
    fail(connectionProblem((error as Error).cause ?? error, url))
  }
}

function demoOutcome(outcome: Loaded): void {
  if (outcome.loaded) {
    console.log(
      'The demo chain is in. A key for a POS or web shop: npm run api-key:create -- berlin "Web shop"',
    )
  } else if (outcome.reason === 'not_empty') {
    console.log('There are restaurants already: the demo chain is left as it is.')
  } else fail(NOT_MIGRATED)
}

function volumeOutcome(outcome: Loaded): void {
  if (outcome.loaded) console.log('The volume set is in.')
  else if (outcome.reason === 'not_migrated') fail(NOT_MIGRATED)
  else
    fail('This database has restaurants already: name an empty one with DATABASE_URL, nothing was changed.')
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
