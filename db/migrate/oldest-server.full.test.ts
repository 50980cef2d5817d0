import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '@/bin/lib/free-port.mjs'
import { migrate } from './runner'
import { catalog } from './testing/catalog'
import { folderWith, gallery } from './testing/gallery'
import { proveLine, readLockTable } from './testing/lock-table'
import { ALONE, migrationsFolder, TRANSACTIONAL } from './testing/migrations-folder'
import { throwAwayDatabase } from './testing/throw-away-database'

const run = promisify(execFile)

/** Where Debian puts the oldest server that Brigade runs on. */
const BIN = '/usr/lib/postgresql/15/bin'

/** PostgreSQL refuses to run as root; Debian's package makes this user. */
async function account(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}

/** A server of its own for the test, stopped and removed after it; the maintenance database's address. */
async function startServer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-postgres-15-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const as = await account()
  if (as.uid !== undefined && as.gid !== undefined) await chown(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  const options = { ...as, cwd: folder }
  await run(join(BIN, 'initdb'), ['-D', data, '-U', 'brigade', '--auth=trust', '--encoding=UTF8'], options)
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  const start = ['-D', data, '-l', join(folder, 'log'), '-o', settings, '-w', 'start']
  await run(join(BIN, 'pg_ctl'), start, options)
  onTestFinished(async () => {
    await run(join(BIN, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'], options)
  })
  return `postgres://brigade@127.0.0.1:${port}/postgres`
}

test.skipIf(!existsSync(BIN))(
  'the oldest server takes the migrations, and makes of them the same as the newest',
  async () => {
    const maintenanceUrl = await startServer()
    const oldest = await throwAwayDatabase(maintenanceUrl)
    const newest = await throwAwayDatabase()
    const { directory } = await migrationsFolder({
      '0000_dishes': `${TRANSACTIONAL}create table dishes (id int);`,
      '0001_index': `${ALONE}create index concurrently dishes_id on dishes (id);`,
    })

    const [version] = await oldest.session.query<{ server_version: string }>('show server_version')
    expect(version?.server_version).toMatch(/^15\./)
    for (const { url } of [oldest, newest]) expect(await migrate(url)).toMatchObject({ ok: true })
    expect(await catalog(oldest.session)).toEqual(await catalog(newest.session))
    const own = await throwAwayDatabase(maintenanceUrl)
    expect(await migrate(own.url, { directory })).toMatchObject({ ok: true, applied: [{}, {}] })
    expect(await migrate(own.url, { directory })).toEqual({ ok: true, applied: [] })
  },
)

test.skipIf(!existsSync(BIN))(
  'the oldest server takes the locks that docs/migrations.md says',
  async () => {
    const server = await startServer()
    const lines = await readLockTable()
    expect(lines.length).toBeGreaterThan(50)
    for (const line of lines) await proveLine(line, server)
  },
  600_000,
)

test.skipIf(!existsSync(BIN))(
  'the oldest server takes every migration that the gallery calls safe',
  async () => {
    const server = await startServer()
    const template = await throwAwayDatabase(server)
    expect(await migrate(template.url)).toMatchObject({ ok: true })
    await template.session.close()
    for (const { name, text } of await gallery('safe')) {
      const { url } = await throwAwayDatabase(server, new URL(template.url).pathname.slice(1))
      const directory = await folderWith(text)
      expect([name, await migrate(url, { directory })]).toMatchObject([name, { ok: true }])
    }
  },
  600_000,
)
