import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSession } from '@/db/client'
import type { ImportSummary } from '@/db/queries/imports'
import { migrateOrThrow } from '@/db/testing/migrated'
import { circumstances, markdownTable, writeSection } from './lib/report'

const RUNS = [
  { kind: 'menu_item', rows: 5000 },
  { kind: 'menu_item', rows: 50_000 },
  { kind: 'ingredient', rows: 50_000 },
  { kind: 'supplier', rows: 50_000 },
] as const

type Kind = (typeof RUNS)[number]['kind']
type Result = { checkMs: number; takeMs: number; peakMiB: number; counts: ImportSummary }

/** One row in so many is bad, in one of three ways. */
const BAD_EVERY = 20

/**
 * Checks and takes generated files as /admin/imports does, each in a process of its own whose memory is read: into an
 * empty database, and once more with another price in every row. `npm run bench -- imports ROWS` takes that many dishes
 * instead and writes nothing.
 */
export async function benchImports(databaseUrl: string, args: readonly string[] = []): Promise<void> {
  const own = Number(args[0]) || null
  const runs = own ? [{ kind: 'menu_item' as const, rows: own }] : RUNS
  const lines: string[][] = []
  for (const { kind, rows } of runs) lines.push(...(await measure(databaseUrl, kind, rows)))
  const session = await openSession(databaseUrl)
  const head = [
    'file',
    'check s',
    'take s',
    'peak MiB of the process',
    'added',
    'changed',
    'refused',
    'adds up',
  ]
  const text = `${await circumstances(session)}; every twentieth row is bad.\n\n${markdownTable(head, lines)}`
  await session.close()
  console.log(text)
  if (!own) await writeSection('imports', text)
}

async function measure(databaseUrl: string, kind: Kind, rows: number): Promise<string[][]> {
  const name = 'brigade_bench_imports'
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  const folder = await mkdtemp(join(tmpdir(), 'brigade-imports-'))
  const session = await openSession(databaseUrl)
  try {
    await session.query(`drop database if exists ${name} with (force)`)
    await session.query(`create database ${name}`)
    await migrateOrThrow(url.href)
    await begin(url.href)
    const lines: string[][] = []
    for (const price of [10, 11]) {
      const file = join(folder, 'rows.csv')
      await writeFile(file, fileOf(kind, rows, price))
      const { checkMs, takeMs, peakMiB, counts } = await inChild(url.href, file, kind)
      const { takenAdded, takenChanged, same, refused } = counts
      const sum = takenAdded + takenChanged + same + refused
      lines.push([
        `${figure(rows)} of ${kind}, ${price === 10 ? 'new' : 'again'}`,
        (checkMs / 1000).toFixed(1),
        (takeMs / 1000).toFixed(1),
        peakMiB.toFixed(0),
        ...[takenAdded, takenChanged, refused].map(figure),
        sum === rows ? 'yes' : `no, ${sum}`,
      ])
    }
    return lines
  } finally {
    await session.query(`drop database if exists ${name} with (force)`)
    await session.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function begin(url: string): Promise<void> {
  const session = await openSession(url)
  await session.query(`insert into categories (name) values ('Mains')`)
  await session.query(
    `insert into suppliers (name, contact_person, phone, email, address) values ('Dairy North', '', '', '', '')`,
  )
  await session.close()
}

const COLUMNS: Record<Kind, string> = {
  menu_item: 'name,price,category,station,prep_minutes,description',
  ingredient: 'name,unit_price,supplier,unit,pack_size,allergens',
  supplier: 'name,rating,contact,phone,order_days',
}

function fileOf(kind: Kind, rows: number, price: number): string {
  const line = (n: number): string => {
    const bad = n % BAD_EVERY === 0 ? n % 3 : -1
    const twin = bad === 0 ? n - 1 : n
    if (kind === 'supplier')
      return `Supplier ${twin},${bad === 1 ? 9 : 1 + (price % 5)},Ida Holm,030 555,${bad === 2 ? 'Someday' : 'Mon Fri'}`
    const [what, from] = kind === 'menu_item' ? ['Dish', 'Mains'] : ['Ingredient', 'Dairy North']
    const cells = [
      `${what} ${twin}`,
      bad === 1 ? 'free' : `${price}.${(n % 90) + 10}`,
      bad === 2 ? 'Nowhere' : from,
    ]
    return `${cells.join(',')},${kind === 'menu_item' ? 'grill,12,With butter and lemon' : 'kg,2.5,milk'}`
  }
  return `${COLUMNS[kind]}\n${Array.from({ length: rows }, (_, n) => line(n + 1)).join('\n')}\n`
}

async function inChild(url: string, file: string, kind: Kind): Promise<Result> {
  const args = ['--import', 'tsx', 'bench/lib/imports-child.ts', url, file, kind]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The import ended with ${code}.`)
  return JSON.parse(output) as Result
}

const figure = (value: number) => Math.round(value).toLocaleString('en-GB')
