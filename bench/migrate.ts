import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { migrate } from '@/db/migrate/runner'
import { builtRelease } from './lib/built-release'
import { withCopy } from './lib/database'
import { serve } from './lib/server'
import { againFiles } from './migrate/again'
import { runDangers } from './migrate/dangers'
import { type File, GrowingFolder } from './migrate/folder'
import { watchLockWaits } from './migrate/lock-waits'
import { firstDatabase, readFirst, readUpgrades, type Upgrade } from './migrate/releases'
import { type Outcome, writeReport } from './migrate/report'
import { type FileRun, MODES, type Mode, Pass } from './migrate/run'
import { startTraffic, type Traffic } from './migrate/traffic'

const OPTIONS = {
  /** Of plain, report, kill and dangers. */
  modes: { type: 'string', default: 'plain,report,kill,dangers' },
  /** Only files whose names match. */
  files: { type: 'string', default: '' },
  orders: { type: 'string', default: '20' },
  screens: { type: 'string', default: '40' },
  readers: { type: 'string', default: '10' },
  quiet: { type: 'string', default: '1.5' },
  /** Only makes ready what takes long and is kept: the older releases, a minute each, and the first one's database. */
  build: { type: 'boolean', default: false },
  /** Into the documents, too; runs only when they were all. */
  write: { type: 'boolean', default: false },
} as const
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

/** Until pages and plans are as warm as on any other day. */
const WARM_UP_SECONDS = 6

/** Runs every migration under a chain's traffic, served by the release before it, and prints what came of the requests. */
export async function benchMigrate(databaseUrl: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const modes = MODES.filter((each) => values.modes.split(',').includes(each))
  const upgrades = await chosenUpgrades(values.files)
  const folders = new Map<string, string>()
  for (const { commit } of upgrades) folders.set(commit, await builtRelease(commit))
  const url = await firstDatabase(databaseUrl)
  if (values.build) return
  await withCopy(url, async (copy) => {
    const outcome: Outcome = { stages: [], dangers: [] }
    try {
      for (const upgrade of upgrades) {
        const isLast = upgrade === upgrades.at(-1)
        const what = { modes, dangers: isLast && values.modes.includes('dangers') }
        await runUpgrade(copy, upgrade, folders.get(upgrade.commit) ?? '', values, what, outcome)
      }
    } catch (error) {
      console.error(
        'It broke off, so the figures are only those until then, and are not written down:',
        error,
      )
      process.exitCode = 1
    }
    const write = values.write && !process.exitCode
    const isAll = values.files === '' && modes.length === MODES.length
    const load = `${values.orders} orders a second, ${values.screens} screens, ${values.readers} readers`
    await writeReport(copy, load, outcome, { runs: write && isAll, dangers: write })
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

/** Leads the database to where a release leaves it. */
async function leadTo(url: string, { base }: Upgrade): Promise<void> {
  const folder = await GrowingFolder.create()
  for (const file of base) await folder.add(file)
  const result = await migrate(url, { directory: folder.directory })
  await folder.remove()
  if (!result.ok) throw new Error(result.message)
}

type What = { modes: readonly Mode[]; dangers: boolean }

/** All modes on one database where the files can be taken back; else each on a copy, so that the next one finds them undone. */
async function runUpgrade(
  url: string,
  upgrade: Chosen,
  folder: string,
  values: Values,
  { modes, dangers }: What,
  outcome: Outcome,
): Promise<void> {
  console.error(`\n${upgrade.version} serves`)
  await leadTo(url, upgrade)
  const run = (on: string, what: What) => runModes(on, upgrade, folder, values, what, outcome)
  if (upgrade.hasWayBack || modes.length < 2) return run(url, { modes, dangers })
  for (const mode of modes)
    await withCopy(url, (copy) => run(copy, { modes: [mode], dangers: dangers && mode === modes.at(-1) }))
}

async function runModes(
  url: string,
  { version, base, files, again }: Chosen,
  folder: string,
  values: Values,
  { modes, dangers }: What,
  outcome: Outcome,
): Promise<void> {
  const server = await serve(url, 2, 10, { folder })
  const waits = await watchLockWaits(url)
  const runs: FileRun[] = []
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
    const bench = {
      url,
      version,
      traffic,
      waits,
      through,
      quietSeconds: Number(values.quiet),
      runs,
      isMeasured,
    }
    for (const mode of modes)
      for (const these of [again, files]) if (these.some(isMeasured)) await Pass.run(bench, mode, base, these)
    if (dangers) outcome.dangers.push(...(await runDangers(url, traffic, waits)))
  } finally {
    if (traffic) outcome.stages.push({ runs, report: await traffic.stop() })
    await waits.stop()
    await server.stop()
  }
}
