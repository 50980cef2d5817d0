/** Sets every recipe's difficulty by its prep time, in batches: --dry-run to count only. */
import { parseArgs } from 'node:util'
import type { Database } from '../../db/client'
import { countMisjudged, recomputeDifficulty } from '../../db/jobs/recipe-difficulty'
import { systemScope } from '../../domain/scope'
import { progressDisplay } from '../lib/progress'
import { withDatabase } from '../lib/with-database'

const { 'dry-run': dryRun = false } = parseArgs({ options: { 'dry-run': { type: 'boolean' } } }).values

await withDatabase(async (db) => {
  const { recipes, misjudged } = await countMisjudged(db, systemScope())
  if (dryRun) console.log(`${misjudged} of ${recipes} recipes would change.`)
  else await recompute(db, recipes)
})

async function recompute(db: Database, recipes: number): Promise<void> {
  const display = progressDisplay()
  const done = await recomputeDifficulty(db, systemScope(), {
    onProgress: ({ seen, changed }) => display.show(seen / recipes, `${seen} recipes, ${changed} changed`),
  })
  display.clear()
  console.log(`${done.changed} of ${done.seen} recipes changed.`)
}
