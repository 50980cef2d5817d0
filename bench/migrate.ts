import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openSession } from '@/db/client'
import { migrateBack } from '@/db/migrate/back'
import { type MigrationResult, migrate } from '@/db/migrate/runner'
import { builtRelease } from './lib/built-release'
import { volumeDatabase, withCopy } from './lib/database'
import { serve } from './lib/server'
import { againFiles } from './migrate/again'
import { type Danger, runDangers } from './migrate/dangers'
import { type File, GrowingFolder } from './migrate/folder'
import { watchLockWaits } from './migrate/lock-waits'
import { readFirst, readUpgrades, type Upgrade } from './migrate/releases'
import { type Outcome, type Stage, writeReport } from './migrate/report'
import { type Bench, type FileRun, MODES, type Mode, Pass } from './migrate/run'
import { startTraffic, type Traffic } from './migrate/traffic'

const OPTIONS = {
  /** Of plain, report, kill and dangers. */
  modes: { type: 'string', default: 'plain,report,kill,dangers' },
  /** Only files whose names match. */
  files: { type: 'string', default: '' },
  orders: { type: 'string', default: '20' },
  screens: { type: 'string', default: '40' },
  readers: { type: 'string', default: '10' },
  quiet: { type: 'string', default: '2.5' },
  /** Only builds the older releases, which takes a minute each. */
  build: { type: 'boolean', default: false },
  /** Into the documents, too. */
  write: { type: 'boolean', default: false },
} as const
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

/** Until pages and plans are as warm as on any other day. */
const WARM_UP_SECONDS = 8

/** Runs every migration under a chain's traffic, served by the release before it, and prints what came of the requests. */
export async function benchMigrate(databaseUrl: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const upgrades = await chosenUpgrades(values.files)
  const folders = new Map<string, string>()
  for (const { commit } of upgrades) folders.set(commit, await builtRelease(commit))
  if (values.build) return
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const outcome: Outcome = { stages: [], dangers: [] }
    for (const [at, upgrade] of upgrades.entries()) {
      console.error(`\n${upgrade.version} serves`)
      await leadTo(copy, upgrade)
      const isLast = at === upgrades.length - 1
      const stage = await runStage(copy, upgrade, folders.get(upgrade.commit) ?? '', values, isLast)
      outcome.stages.push(stage.stage)
      outcome.dangers.push(...stage.dangers)
    }
    await writeReport(copy, outcome, values.write)
  })
}

type Chosen = Upgrade & { again: File[] }

const isAskedFor =
  (pattern: string) =>
  ({ name }: File): boolean =>
    new RegExp(pattern).test(name)

/** The upgrades with a file that is asked for; the first one has those of the first release, too. */
async function chosenUpgrades(pattern: string): Promise<Chosen[]> {
  const again = againFiles(await readFirst())
  const upgrades = (await readUpgrades()).map((upgrade, at) => ({ ...upgrade, again: at === 0 ? again : [] }))
  return upgrades.filter(({ again, files }) => [...again, ...files].some(isAskedFor(pattern)))
}

/** Leads the database to where a release leaves it: back from today, or on from the release before. */
async function leadTo(url: string, { base }: Upgrade): Promise<void> {
  const through = base.at(-1)?.name ?? ''
  const session = await openSession(url)
  const isBehind =
    (await session.query('select from brigade_migrations.ledger where name = $1', [through])).length === 0
  await session.close()
  const result = isBehind ? await lead(url, base) : await migrateBack(url, through)
  if (!result.ok) throw new Error(`To ${through}: ${result.message}`)
}

async function lead(url: string, base: readonly File[]): Promise<MigrationResult> {
  const folder = await GrowingFolder.create()
  for (const file of base) await folder.add(file)
  const result = await migrate(url, { directory: folder.directory })
  await folder.remove()
  return result
}

async function runStage(
  url: string,
  { version, base, files, again }: Chosen,
  folder: string,
  values: Values,
  isLast: boolean,
): Promise<{ stage: Stage; dangers: Danger[] }> {
  const server = await serve(url, 2, 10, { folder })
  const waits = await watchLockWaits(url)
  let traffic: Traffic | null = null
  try {
    traffic = await startTraffic({
      databaseUrl: url,
      origins: [server.origin],
      ordersPerSecond: Number(values.orders),
      screens: Number(values.screens),
      readers: Number(values.readers),
    })
    traffic.mark('warming up')
    await pause(WARM_UP_SECONDS * 1000)
    const through = base.at(-1)?.name ?? ''
    const isMeasured = isAskedFor(values.files)
    const bench = { url, version, traffic, waits, through, quietSeconds: Number(values.quiet), isMeasured }
    const runs: FileRun[] = []
    for (const mode of MODES.filter((each) => values.modes.split(',').includes(each))) {
      runs.push(...(await runAll(bench, mode, base, again, runs)))
      runs.push(...(await runAll(bench, mode, base, files, runs)))
    }
    const dangers = isLast && values.modes.includes('dangers') ? await runDangers(url, traffic, waits) : []
    return { stage: { version, runs, report: await traffic.stop() }, dangers }
  } finally {
    await traffic?.stop()
    await waits.stop()
    await server.stop()
  }
}

function runAll(
  bench: Bench,
  mode: Mode,
  base: readonly File[],
  files: readonly File[],
  before: readonly FileRun[],
): Promise<FileRun[]> {
  const known = new Map(before.flatMap(({ file, ms }) => (ms === null ? [] : [[file, ms] as const])))
  return files.some(bench.isMeasured) ? Pass.run(bench, mode, base, files, known) : Promise.resolve([])
}
