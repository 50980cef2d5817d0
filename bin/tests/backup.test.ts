import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openSession } from '../../db/client'
import { loadDemo } from '../../db/seed/demo/load'
import { migrateOrThrow } from '../../db/testing/migrated'
import { SETTINGS_FILE } from '../lib/cluster.mjs'
import { openEmbedded } from '../lib/embedded.mjs'
import { ask, type Outcome, runEntry, temporaryFolder } from './helpers'

// Each makes a server or two, and fills one.
vi.setConfig({ testTimeout: 400_000 })

const OLDEST = '/usr/lib/postgresql/15/bin'

const command = (name: string, args: string[], env: Record<string, string> = {}): Promise<Outcome> =>
  runEntry(['--import', 'tsx', join('bin', 'commands', `${name}.ts`), ...args], env)

/** The demo chain with text that no encoding may touch. */
async function filledDatabase(url: string): Promise<void> {
  await migrateOrThrow(url)
  await loadDemo(url)
  await ask(url, `update restaurants set name = E'Nord „ß\\t' where slug = 'berlin'`)
}
const berlin = (url: string) => ask(url, `select name from restaurants where slug = 'berlin'`)

it('a copy of the running embedded server is restored row for row as it was, while others go on writing', async () => {
  const folder = temporaryFolder()
  const embedded = await openEmbedded({ dataDir: join(folder, 'data') })
  await filledDatabase(embedded.url)
  await ask(embedded.url, 'create table ticks as select 0 as n')
  const backup = join(folder, 'backup')
  const writer = await openSession(embedded.url)
  let isOver = false
  const writing = (async () => {
    for (let n = 1; !isOver; n++) {
      await writer.query('insert into ticks values ($1)', [n])
      // As fast as a chain's orders come in; without a pause there would be no moment in which nothing is written.
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()

  const made = await command('db-backup', [backup], { DATABASE_URL: embedded.url })
  isOver = true
  await writing
  await writer.close()

  expect(made).toMatchObject({ code: 0, output: expect.stringContaining("as a copy of the server's files") })
  expect(made.output).not.toContain('at every moment')
  const again = await command('db-backup', [backup], { DATABASE_URL: embedded.url })
  expect(again).toMatchObject({ code: 1, output: expect.stringMatching(/backup exists already/) })
  const rows = Number(await ask(embedded.url, 'select count(*)::int from ticks'))
  expect(await ask(embedded.url, 'select count(*)::int from pg_replication_slots')).toBe(0)
  await embedded.close()

  const restored = join(folder, 'restored')
  const { code, output } = await command('db-restore', [backup, restored])
  expect(output).toMatch(/Restored and checked: [\d,]+ rows in \d+ tables, row for row as it was at/)
  expect(code).toBe(0)
  const copy = await openEmbedded({ dataDir: restored })
  const copied = Number(await ask(copy.url, 'select count(*)::int from ticks'))
  expect(copied).toBeGreaterThan(0)
  expect(copied).toBeLessThanOrEqual(rows)
  expect(await berlin(copy.url)).toBe('Nord „ß\t')
  await ask(copy.url, 'insert into ticks values (-1)')
  await copy.close()
  expect(await command('db-restore', [backup, restored])).toMatchObject({
    code: 1,
    output: expect.stringMatching(/is not empty/),
  })
})

it('a backup that was tampered with is restored with a word on what differs', async () => {
  const folder = temporaryFolder()
  const embedded = await openEmbedded({ dataDir: join(folder, 'data') })
  await filledDatabase(embedded.url)
  await ask(
    embedded.url,
    'update stock_levels set on_hand = on_hand + 1 where (restaurant_id, ingredient_id) in (select restaurant_id, ingredient_id from stock_levels limit 1)',
  )
  const backup = join(folder, 'backup')
  expect(await command('db-backup', [backup], { DATABASE_URL: embedded.url })).toMatchObject({ code: 0 })
  await embedded.close()
  const file = join(backup, 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  for (const table of manifest.contents.tables) {
    if (table.name === 'public.suppliers') table.hash = '1'
    if (table.name === 'public.restaurants') table.rows = '99'
  }
  manifest.contents.constraints.push('made_up of public.orders')
  writeFileSync(file, JSON.stringify(manifest))

  const { code, output } = await command('db-restore', [backup, join(folder, 'restored')])

  expect(code).toBe(1)
  expect(output).toContain('rows instead of 99.')
  expect(output).toContain('public.suppliers has as many rows, but not the same ones.')
  expect(output).toContain('The constraint made_up of public.orders is missing or not valid.')
  expect(output).toContain('1 stock levels are not the sum of their movements.')
})

it('what is no backup, or no fitting target, is refused in one sentence', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'empty'))
  for (const [args, sentence] of [
    [[], /^Usage: /],
    [[join(folder, 'empty'), join(folder, 'x')], /is no backup made by npm run db:backup/],
  ] as const) {
    const { code, output } = await command('db-restore', [...args])
    expect({ code, output: output.trim() }).toMatchObject({
      code: 1,
      output: expect.stringMatching(sentence),
    })
  }
  expect(await command('db-backup', [])).toMatchObject({ code: 1 })
  // Without the settings that Brigade writes it might be any server, whose settings may lie elsewhere.
  const embedded = await openEmbedded({ dataDir: join(folder, 'data') })
  rmSync(join(embedded.folder, SETTINGS_FILE))
  expect(await command('db-backup', [join(folder, 'y')], { DATABASE_URL: embedded.url })).toMatchObject({
    code: 1,
    output: expect.stringMatching(
      /only files of the embedded server are copied: install the client programs/,
    ),
  })
  expect(existsSync(join(folder, 'y'))).toBe(false)
  await embedded.close()
})

it.skipIf(!existsSync(join(OLDEST, 'pg_dump')))(
  'PostgreSQL 15 is backed up by its pg_dump, and restored into an empty database',
  async () => {
    const folder = temporaryFolder()
    const server = await openEmbedded({ dataDir: join(folder, 'data'), programs: OLDEST, disposable: true })
    try {
      await filledDatabase(server.url)
      await ask(server.url, 'create extension pg_stat_statements')
      const backup = join(folder, 'backup')
      expect(await command('db-backup', [backup], { DATABASE_URL: server.url })).toMatchObject({
        code: 0,
        output: expect.stringMatching(/of PostgreSQL 15\.\d+.*, made by pg_dump/),
      })
      expect(readdirSync(backup).sort()).toEqual(['database.dump', 'manifest.json'])
      const target = new URL(server.url)
      target.pathname = '/restored'
      // As on a server of one's own: an owner who is no superuser, and a superuser who made what only they may make.
      await ask(server.maintenanceUrl, `create role chain login password 'chain'`)
      await ask(server.maintenanceUrl, 'create database restored owner chain')
      await ask(target.href, 'create extension pg_stat_statements')
      target.username = 'chain'
      target.password = 'chain'

      const restored = await command('db-restore', [backup, target.href])
      expect(restored.output).toMatch(/Restored and checked: [\d,]+ rows in \d+ tables, row for row/)
      expect(restored.code).toBe(0)
      expect(await berlin(target.href)).toBe('Nord „ß\t')
      expect(await command('db-restore', [backup, target.href])).toMatchObject({
        code: 1,
        output: expect.stringMatching(/to restore into is not empty/),
      })
      expect(await command('db-restore', [backup, join(folder, 'x')])).toMatchObject({
        code: 1,
        output: expect.stringMatching(/name the address of an empty database/),
      })
    } finally {
      await server.close()
    }
  },
)
