import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, openSession, type Session } from '@/db/client'
import { planFiles } from '@/db/migrate/checklist/steps'
import { readMigrations } from '@/db/migrate/files'
import { forgetApplied } from '@/db/migrate/ledger'
import { migrate } from '@/db/migrate/runner'
import { readWaysBack, type WayBack } from '@/db/migrate/ways-back'
import { deriveDietsOfCardsWith } from '@/db/records/diets'
import { arrangementsTable } from './dietary/arrangements'
import { volumeDatabase, withCopy } from './lib/database'
import { circumstances, markdownTable, writeSection } from './lib/report'

const DOCUMENT = 'docs/migrations/dietary-restrictions.md'
const MIGRATIONS = join(import.meta.dirname, '../db/migrations')

/** The steps of the plan that concern recipes, in their order. */
const STEPS = [
  '0065_recipes_dietary_restrictions',
  '0066_recipes_dietary_restrictions_valid',
  '0070_recipes_diets_default',
  '0071_recipes_diets_filled',
  '0072_recipes_search_diets',
  '0073_drop_recipes_search_without_diets',
  '0074_recipes_search_renamed',
  '0075_recipes_diets_given',
  '0076_recipes_diets_given_valid',
  '0077_recipes_diets_not_null',
  '0078_drop_recipes_diets_given',
]
/** How long nothing runs, to compare with. */
const QUIET_MS = 10_000
/** Between two requests of one of those who watch, in milliseconds. */
const REST = 2

type Waits = { reads: number; writes: number }

/**
 * Takes the steps back on a copy of the volume set and runs them again, each timed, while one session goes on reading a
 * recipe and another goes on writing one: how long did these wait at most? Writes the section of the plan.
 */
export async function benchDietary(databaseUrl: string): Promise<void> {
  const volume = await volumeDatabase(databaseUrl, 1)
  const text = await withCopy(volume, async (url) => {
    const session = await openSession(url, { applicationName: 'brigade-bench' })
    try {
      const back = await takeBack(session)
      const { quiet, figures: forward } = await runAgain(url)
      const ran = `${await circumstances(session)}; the volume set of scale 1.`
      return {
        steps: [ran, await stepsTable(back, forward, quiet), await ingredientSentence(url, session)].join(
          '\n\n',
        ),
        indexes: await arrangementsTable(session),
      }
    } finally {
      await session.close()
    }
  })
  console.log(`${text.steps}\n\n${text.indexes}`)
  await writeSection('dietary', text.steps, DOCUMENT)
  await writeSection('dietary-indexes', text.indexes, DOCUMENT)
}

/** By what leads back from each file, last first; in milliseconds. */
async function takeBack(session: Session): Promise<Map<string, number>> {
  const ways = await readWaysBack(MIGRATIONS, await readMigrations(MIGRATIONS))
  const took = new Map<string, number>()
  for (const name of STEPS.toReversed()) {
    const way: WayBack | null | undefined = ways.get(name)
    if (!way) throw new Error(`Nothing leads back from ${name}.`)
    const started = performance.now()
    for (const { sql } of way.parts) await session.query(sql)
    took.set(name, performance.now() - started)
    await forgetApplied(session, way.migration)
  }
  await session.query('delete from brigade_migrations.backfills where name = any($1)', [STEPS])
  await session.query('vacuum analyze recipes')
  return took
}

/** The real runner on these files, behind all others: whatever was merged between them is applied already. */
async function runAgain(
  url: string,
): Promise<{ quiet: Waits; figures: Map<string, { milliseconds: number; waits: Waits }> }> {
  const directory = await reordered()
  const watchers = await watch(url)
  const figures = new Map<string, { milliseconds: number; waits: Waits }>()
  try {
    await sleep(QUIET_MS)
    const quiet = watchers.end()
    const result = await migrate(url, {
      directory,
      report: (progress) => {
        if (progress.kind === 'applying') watchers.begin()
        if (progress.kind === 'applied')
          figures.set(progress.file, { milliseconds: progress.milliseconds, waits: watchers.end() })
      },
    })
    if (!result.ok) throw new Error(result.message)
    return { quiet, figures }
  } finally {
    await watchers.stop()
    await rm(directory, { recursive: true })
  }
}

async function reordered(): Promise<string> {
  const all = await readMigrations(MIGRATIONS)
  const files = [
    ...all.filter(({ name }) => !STEPS.includes(name)),
    ...all.filter(({ name }) => STEPS.includes(name)),
  ]
  const directory = await mkdtemp(join(tmpdir(), 'brigade-dietary-'))
  await mkdir(join(directory, 'meta'))
  const entries = files.map(({ name }, place) => ({ tag: name, when: 1_700_000_000_000 + place }))
  await writeFile(join(directory, 'meta/_journal.json'), JSON.stringify({ entries }))
  for (const { name, text } of files) await writeFile(join(directory, `${name}.sql`), text)
  return directory
}

/** One reader and one writer of recipes, who remember how long their longest request took since `begin`. */
async function watch(url: string) {
  const sessions = [await openSession(url), await openSession(url)] as const
  const waits: Waits = { reads: 0, writes: 0 }
  let isOver = false
  const go = async (session: Session, kind: keyof Waits, text: string) => {
    while (!isOver) {
      const started = performance.now()
      await session.query(text)
      waits[kind] = Math.max(waits[kind], performance.now() - started)
      await sleep(REST)
    }
  }
  const going = [
    go(sessions[0], 'reads', 'select id, prep_time from recipes where id = 777'),
    go(sessions[1], 'writes', 'update recipes set calories = calories where id = 777'),
  ]
  return {
    begin: () => Object.assign(waits, { reads: 0, writes: 0 }),
    end: (): Waits => ({ ...waits }),
    async stop() {
      isOver = true
      await Promise.all(going)
      for (const session of sessions) await session.close()
    },
  }
}

async function stepsTable(
  back: ReadonlyMap<string, number>,
  forward: ReadonlyMap<string, { milliseconds: number; waits: Waits }>,
  quiet: Waits,
): Promise<string> {
  const planned = await planFiles(await readMigrations(MIGRATIONS), new Set(STEPS))
  const rows = planned.map(({ name, steps }) => {
    const locks = [
      ...new Set(steps.flatMap((step) => step.locks.map(({ table, lock }) => `${lock} on ${table}`))),
    ]
    const { milliseconds, waits } = forward.get(name) ?? {
      milliseconds: Number.NaN,
      waits: { reads: 0, writes: 0 },
    }
    return [
      `\`${name}\``,
      locks.join(', ') || 'none',
      figure(milliseconds),
      figure(waits.reads),
      figure(waits.writes),
      figure(back.get(name) ?? Number.NaN),
    ]
  })
  return markdownTable(
    ['file', 'lock', 'ms', 'longest read, ms', 'longest write, ms', 'back, ms'],
    [['nothing, for 10 s', '', '', figure(quiet.reads), figure(quiet.writes), ''], ...rows],
  )
}

const figure = (milliseconds: number): string =>
  milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds).toLocaleString('en')

/** What it takes to say of the most used ingredient that it is meat. */
async function ingredientSentence(url: string, session: Session): Promise<string> {
  const [most] = await session.query<{ id: number; cards: number }>(
    'select ingredient_id as id, count(*)::int as cards from recipe_ingredients group by 1 order by 2 desc limit 1',
  )
  if (!most) throw new Error('The volume set has cards.')
  const count = async () => {
    const [row] = await session.query<{ n: number }>(
      `select count(*)::int as n from recipes where 'vegan' = any(dietary_restrictions)`,
    )
    return row?.n ?? 0
  }
  const before = await count()
  await session.query(`update ingredients set animal_sources = '{meat}' where id = $1`, [most.id])
  const db = openDatabase(url, { max: 1, statementTimeoutMs: 60_000 })
  const started = performance.now()
  await db.transaction((tx) => deriveDietsOfCardsWith(tx, [most.id]))
  const took = performance.now() - started
  await db.close()
  return `Saying of the ingredient on most cards (${most.cards.toLocaleString('en')}) that it is meat derives these anew in ${figure(took)} ms, and leaves ${(await count()).toLocaleString('en')} vegan recipes of ${before.toLocaleString('en')}.`
}
