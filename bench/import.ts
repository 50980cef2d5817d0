import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSession } from '@/db/client'
import type { ImportOutcome } from '@/db/import/recipes'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { withBookCopy } from './recipe-book/database'
import { writeRecipeFile } from './recipe-book/file'

/** Recipes in the book before, and in the file. */
const RUNS = [
  { book: 1000, file: 50_000 },
  { book: 50_000, file: 50_000 },
  { book: 1_000_000, file: 50_000 },
] as const
const SMALLEST_BOOK = 1000

type ImportSize = { book: number; file: number }
type Result = { outcome: ImportOutcome; peakMiB: number }
type Measured = ImportSize & { mib: number; first: Result; again: Result }

/**
 * Imports files of generated recipes into books of several sizes, and each a second time, in a process of its own whose
 * memory is read. `npm run bench -- import BOOK FILE` measures one size instead and writes nothing.
 */
export async function benchImport(databaseUrl: string, args: readonly string[] = []): Promise<void> {
  const [book, file] = args.map(Number)
  const own = book && file ? [{ book: Math.max(book, SMALLEST_BOOK), file }] : null
  const measured: Measured[] = []
  for (const size of own ?? RUNS) measured.push(await measureSize(databaseUrl, size))
  const session = await openSession(databaseUrl)
  const text = `${await circumstances(session)}; one import at a time, generated recipes of 6 to 10 lines and 4 to 7 steps.\n\n${table(measured)}`
  await session.close()
  console.log(text)
  if (!own) await writeSection('import', text)
}

async function measureSize(databaseUrl: string, size: ImportSize): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-import-'))
  const path = join(folder, 'recipes.ndjson')
  try {
    return await withBookCopy(databaseUrl, size.book, async (url) => {
      await writeRecipeFile(path, size.file, url)
      const mib = (await stat(path)).size / 2 ** 20
      console.log(`${size.file} recipes into a book of ${size.book}`)
      const first = await importInChild(url, path)
      return { ...size, mib, first, again: await importInChild(url, path) }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function importInChild(url: string, path: string): Promise<Result> {
  const args = ['--import', 'tsx', 'bench/lib/import-child.ts', url, path]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The import ended with ${code}.`)
  return JSON.parse(output) as Result
}

function table(measured: readonly Measured[]): string {
  const perMinute = (recipes: number, ms: number) => figure((recipes / ms) * 60_000)
  const rows = measured.map(({ book, file, mib, first, again }) => [
    `${figure(file)} (${mib.toFixed(0)} MiB) into ${figure(book)}`,
    perMinute(file, first.outcome.rowsMs),
    perMinute(file, first.outcome.rowsMs + first.outcome.figuresMs),
    (first.outcome.figuresMs / 1000).toFixed(1),
    perMinute(file, again.outcome.rowsMs),
    first.peakMiB.toFixed(0),
    figure(first.outcome.rejected + again.outcome.created + again.outcome.updated),
  ])
  const head = [
    'recipes',
    'a minute',
    "with the search's figures",
    'figures, s',
    'imported again, a minute',
    'peak MiB of the process',
    'rejected or changed again',
  ]
  return markdownTable(head, rows)
}

const figure = (value: number) => Math.round(value).toLocaleString('en-GB')
