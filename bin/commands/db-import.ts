/** Imports recipes from a file in NDJSON or CSV, see docs/import.md: recipes FILE. */
import { accessSync, constants, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Database, isConnectionLost } from '../../db/client'
import {
  type ImportFormat,
  type ImportOutcome,
  type ImportProgress,
  importRecipes,
} from '../../db/import/recipes'
import { UnreadableFile } from '../../db/import/source-row'
import { systemScope } from '../../domain/scope'
import { progressDisplay } from '../lib/progress'
import { withDatabase } from '../lib/with-database'

const USAGE = `Usage: npm run db:import -- recipes FILE [--source NAME] [--rejects FILE] [--format ndjson|csv]
FILE is NDJSON or CSV, see docs/import.md; it is told by its ending unless --format says.`

const FORMATS: Readonly<Record<string, ImportFormat>> = {
  csv: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
}
const LONGEST_SOURCE = 100

type Wish = { file: string; format: ImportFormat; source: string; rejects: string }

const wish = readWish(process.argv.slice(2))
if (typeof wish === 'string') fail(wish)
else await withDatabase((db) => run(db, wish))

/** What is asked for, or what is wrong with it. */
function readWish(args: string[]): Wish | string {
  const given = options(args)
  const [what, name, ...more] = given?.positionals ?? []
  if (!given || what !== 'recipes' || !name || more.length > 0) return USAGE
  // npm runs scripts in the project's folder; people name files from where they are.
  const from = process.env.INIT_CWD ?? process.cwd()
  const file = resolve(from, name)
  const ending = extname(file)
  const format = FORMATS[(given.values.format ?? ending.slice(1)).toLowerCase()]
  if (!format) return `${name} ends neither in .ndjson nor in .csv: say which it is with --format.`
  const { source = '' } = given.values
  if (source.length > LONGEST_SOURCE) return `A source has at most ${LONGEST_SOURCE} characters.`
  const stem = file.slice(0, file.length - ending.length)
  const rejects = given.values.rejects ? resolve(from, given.values.rejects) : `${stem}.rejects.${format}`
  if (rejects === file) return 'The rejects need a file of their own.'
  return fileProblem(file) ?? { file, format, source, rejects }
}

function options(args: string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args, allowPositionals: true, options: { source: text, rejects: text, format: text } })
  } catch {
    return null
  }
}

function fileProblem(file: string): string | null {
  try {
    if (!statSync(file).isFile()) return `${file} is no file.`
    accessSync(file, constants.R_OK)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? `There is no file ${file}.`
      : `${file} can't be read: check its permissions.`
  }
}

async function run(db: Database, { file, format, source, rejects }: Wish): Promise<void> {
  const display = progressDisplay()
  const started = performance.now()
  let begun: number | null = null
  const onProgress = (progress: ImportProgress) => {
    const rows = rowsOf(progress)
    begun ??= rows
    const perMinute = ((rows - begun) / (performance.now() - started)) * 60_000
    const { bytesRead, bytes, rejected } = progress
    display.show(
      bytesRead / bytes,
      `${figure(rows)} rows, ${figure(rejected)} rejected, ${figure(perMinute)} a minute`,
    )
  }
  const onWait = () => console.error('Another process is importing this file: waiting until it is done.')
  const lockUrl = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL || ''
  try {
    const outcome = await importRecipes(db, systemScope(), {
      file,
      format,
      source,
      rejects,
      lockUrl,
      onProgress,
      onWait,
    })
    display.clear()
    summarise(outcome)
  } catch (error) {
    display.clear()
    const sentence = sentenceOf(error)
    if (!sentence) throw error
    fail(`${file} can't be imported to its end. ${sentence}`)
  }
}

/** What went wrong outside of this program; undefined for what is a bug of ours. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof UnreadableFile) return error.message
  if (isConnectionLost(error)) return 'The database connection was lost: run it again, and it goes on.'
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return 'The disk is full: make room and run it again, and it goes on.'
  if (path) return `${path} can't be written: check its folder and permissions.`
}

function rowsOf({ created, updated, unchanged, rejected }: ImportOutcome | ImportProgress): number {
  return created + updated + unchanged + rejected
}

function summarise(outcome: ImportOutcome): void {
  const rows = rowsOf(outcome)
  const { created, updated, unchanged, rejected, newChefs, newIngredients } = outcome
  if (outcome.resumedAfter > 0) console.log(`Went on after row ${figure(outcome.resumedAfter)}; in all:`)
  console.log(
    `${figure(rows)} recipes: ${figure(created)} new, ${figure(updated)} updated, ${figure(unchanged)} as they were, ${figure(rejected)} rejected.`,
  )
  console.log(
    `${seconds(outcome.rowsMs)} for the rows, then ${seconds(outcome.figuresMs)} for the search's figures.`,
  )
  if (newChefs > 0) console.log(`New chefs: ${figure(newChefs)}.`)
  if (newIngredients > 0) {
    console.log(
      `New ingredients: ${figure(newIngredients)}. They have no price and no supplier yet, only those allergens that the file names, and nobody has said what of them comes from animals.`,
    )
  }
  if (outcome.rejectsFile)
    console.log(
      `The rejects with their reasons are in ${outcome.rejectsFile}: correct them and import that file.`,
    )
}

function figure(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
