import { openSession } from '@/db/client'
import { migrateBack } from '@/db/migrate/back'
import { migrate } from '@/db/migrate/runner'
import { withCopy } from './lib/database'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { againFiles } from './migrate/again'
import { estimateOf } from './migrate/estimate'
import { type File, GrowingFolder } from './migrate/folder'
import { firstDatabase, readFirst, readUpgrades } from './migrate/releases'

type Comparison = { file: string; estimate: number | null; seconds: number }

/** Below it nobody plans: whatever was said and took less counts as right. */
const A_MOMENT_S = 0.5
/** What `docs/migrations.md` promises. */
const MOST_TIMES = 3

/** Compares what `--plan` foretells of every migration on the volume set with what it then takes, without traffic. */
export async function benchPlan(databaseUrl: string, args: readonly string[]): Promise<void> {
  const [again, upgrades] = [againFiles(await readFirst()), await readUpgrades()]
  const base = upgrades[0]?.base ?? []
  const url = await firstDatabase(databaseUrl)
  await withCopy(url, async (copy) => {
    const first = await compare(copy, base, again)
    const since = await compare(
      copy,
      base,
      upgrades.flatMap(({ files }) => files),
    )
    const session = await openSession(copy)
    const text = `${await circumstances(session)}.\n\n${table([...first, ...since])}`
    await session.close()
    console.log(text)
    if (args.includes('--write')) await writeSection('plan', text, 'docs/migrations.md')
  })
}

async function compare(url: string, base: readonly File[], files: readonly File[]): Promise<Comparison[]> {
  const folder = await GrowingFolder.create()
  const session = await openSession(url)
  const comparisons: Comparison[] = []
  try {
    for (const file of base) await folder.add(file)
    for (const file of files) {
      if (file.before) await session.query(file.before)
      await folder.add(file)
      const estimate = await estimateOf(url, folder.directory, file.name)
      const result = await migrate(url, { directory: folder.directory })
      if (!result.ok) throw new Error(result.message)
      comparisons.push({ file: file.name, estimate, seconds: (result.applied[0]?.milliseconds ?? 0) / 1000 })
    }
    // These are none that the release's own folder knows of.
    if (files.some(({ isAgain }) => isAgain)) await backTo(url, base, folder.directory)
    return comparisons
  } finally {
    await session.close()
    await folder.remove()
  }
}

async function backTo(url: string, base: readonly File[], directory: string): Promise<void> {
  const through = base.at(-1)?.name ?? ''
  const result = await migrateBack(url, through, { directory })
  if (!result.ok) throw new Error(`Back to ${through}: ${result.message}`)
}

function table(comparisons: readonly Comparison[]): string {
  const isOff = ({ estimate, seconds }: Comparison): boolean =>
    estimate !== null && timesOf(estimate, seconds) > MOST_TIMES
  const foretold = comparisons.filter(({ estimate }) => estimate !== null)
  const long = comparisons.filter(
    ({ estimate, seconds }) => Math.max(estimate ?? 0, seconds) >= A_MOMENT_S || estimate === null,
  )
  const rows = long.map((each) => [
    each.file,
    each.estimate === null ? 'unknown' : each.estimate.toFixed(2),
    each.seconds.toFixed(2),
    each.estimate === null
      ? ''
      : `${timesOf(each.estimate, each.seconds).toFixed(1)}${isOff(each) ? ' (!)' : ''}`,
  ])
  const right = foretold.filter((each) => !isOff(each)).length
  return [
    `${right} of ${foretold.length} files were foretold within a factor of ${MOST_TIMES}; of ${comparisons.length - foretold.length} nothing could be said. Half a second counts as a moment: the other ${comparisons.length - long.length} files were said to take less, and did.`,
    markdownTable(['file', '`--plan` said s', 'took s', 'times'], rows),
  ].join('\n\n')
}

/** By which factor the one is off the other, both at least a moment. */
function timesOf(estimate: number, seconds: number): number {
  const [a, b] = [Math.max(estimate, A_MOMENT_S), Math.max(seconds, A_MOMENT_S)]
  return Math.max(a / b, b / a)
}
