import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbedded } from '../lib/embedded.mjs'
import { runningServer } from '../lib/postmaster.mjs'
import { ask, closeHolder, kill, spawnHolder, startHolder, temporaryFolder } from './helpers'

it('makes a server on first use, with a password of its own, on the loopback interface only', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const embedded = await openEmbedded({ dataDir })

  expect(embedded.started).toBe(true)
  expect(await ask(embedded.url, 'select current_database()')).toBe('brigade')
  expect(await ask(embedded.url, 'show listen_addresses')).toBe('127.0.0.1')
  expect(await ask(embedded.url, 'show fsync')).toBe('on')
  expect(await ask(embedded.url, 'show shared_preload_libraries')).toBe('pg_stat_statements')
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
  const wrong = embedded.url.replace(/:[^:@]+@/, ':guess@')
  await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  expect(await embedded.close()).toBe(true)
})

it('sorts text by code point and knows letters beyond ASCII, whatever the locale of the machine', async () => {
  const embedded = await openEmbedded({ dataDir: join(temporaryFolder(), 'data') })

  const sorted = `select string_agg(word, ' ' order by word) from unnest('{b,a,B,é,z}'::text[]) as word`
  expect(await ask(embedded.url, sorted)).toBe('B a b z é')
  expect(await ask(embedded.url, `select upper('tiramisù')`)).toBe('TIRAMISÙ')
  await ask(embedded.url, 'create extension pg_trgm')
  expect(await ask(embedded.url, `select similarity('ù', 'u')`)).toBe(0)
  expect(await ask(embedded.url, `select similarity('ù', 'ù')`)).toBe(1)
  await embedded.close()
})

it('keeps its data and its port from one start to the next', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const first = await openEmbedded({ dataDir })
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.close()
  const second = await openEmbedded({ dataDir })

  expect(await ask(second.url, 'select answer from kept')).toBe(42)
  expect(second.url).toBe(first.url)
  await second.close()
})

it('takes another port when somebody else has the old one', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const first = await openEmbedded({ dataDir })
  await first.close()
  const intruder = createServer()
  await new Promise<void>((resolve) => intruder.listen(first.port, '127.0.0.1', resolve))
  const second = await openEmbedded({ dataDir })
  intruder.close()

  expect(second.port).not.toBe(first.port)
  expect(await ask(second.url, 'select 1')).toBe(1)
  await second.close()
})

it('is adopted by a second process, and stops with the last of the two', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const holder = await startHolder(dataDir)
  const adopted = await openEmbedded({ dataDir })

  expect(adopted).toMatchObject({ started: false, pid: holder.pid, url: holder.url })
  await closeHolder(holder)
  expect(await ask(adopted.url, 'select 1')).toBe(1)
  expect(await adopted.close()).toBe(true)
  expect(runningServer(adopted.folder)).toBeUndefined()
})

it('is left running by a command while the process that started it still runs', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const holder = await startHolder(dataDir)
  const adopted = await openEmbedded({ dataDir })

  expect(await adopted.close()).toBe(false)
  expect(await ask(holder.url, 'select 1')).toBe(1)
  await closeHolder(holder)
})

it('survives kill -9 of its Node process and is adopted and stopped by the next', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const holder = await startHolder(dataDir)
  await kill(holder.child)
  const adopted = await openEmbedded({ dataDir })

  expect(adopted).toMatchObject({ started: false, pid: holder.pid })
  expect(await adopted.close()).toBe(true)
})

it('starts again after kill -9 of the server itself, with what was committed', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const first = await openEmbedded({ dataDir })
  await ask(first.url, 'create table kept as select 42 as answer')
  process.kill(first.pid, 'SIGKILL')
  const second = await openEmbedded({ dataDir })

  expect(second.started).toBe(true)
  expect(await ask(second.url, 'select answer from kept')).toBe(42)
  await second.close()
})

it('starts although its stale pid file names a process that belongs to another program', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const first = await openEmbedded({ dataDir })
  const pidFile = join(first.folder, 'postmaster.pid')
  const [, ...others] = readFileSync(pidFile, 'utf8').split('\n')
  await first.close()
  const { uid, gid } = statSync(first.folder)
  const stranger = spawn('sleep', ['1000'], process.getuid?.() === 0 ? { uid, gid } : {})
  writeFileSync(pidFile, [stranger.pid, ...others].join('\n'))
  const second = await openEmbedded({ dataDir })

  expect(second.started).toBe(true)
  expect(await ask(second.url, 'select 1')).toBe(1)
  expect(stranger.exitCode).toBeNull()
  await kill(stranger)
  await second.close()
})

it('starts a folder anew that was left half-made, and keeps what was in it under another name', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  mkdirSync(join(dataDir, 'postgres', 'base'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
  mkdirSync(join(dataDir, 'postgres.unfinished-1234', 'base'), { recursive: true })
  const embedded = await openEmbedded({ dataDir })

  expect(await ask(embedded.url, 'select 1')).toBe(1)
  const names = readdirSync(dataDir)
  expect(names.filter((name) => name.includes('unfinished'))).toEqual([])
  expect(names.filter((name) => name.startsWith('postgres.incomplete-'))).toHaveLength(1)
  await embedded.close()
})

it.each([
  ['taking the lock', /^lock$/],
  ['making its folder', /^postgres\.unfinished-\w+$/],
  ['filling its folder', /^postgres\.unfinished-\w+\/base$/],
  ['naming its folder', /^postgres$/],
  ['starting the server', /^postgres\/postmaster\.pid$/],
])('is whole after the first start was killed while %s', async (_moment, sign) => {
  const dataDir = join(temporaryFolder(), 'data')
  const child = spawnHolder(dataDir)
  while (!namesIn(dataDir).some((name) => sign.test(name)))
    await new Promise((resolve) => setImmediate(resolve))
  await kill(child)
  const embedded = await openEmbedded({ dataDir })

  expect(await ask(embedded.url, 'select current_database()')).toBe('brigade')
  expect(readdirSync(dataDir).filter((name) => name.includes('incomplete'))).toEqual([])
  await embedded.close()
})

it('is made once when several processes start at the same moment', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const holders = await Promise.all([1, 2, 3].map(() => startHolder(dataDir)))

  expect(new Set(holders.map(({ pid }) => pid)).size).toBe(1)
  expect(holders.filter(({ started }) => started)).toHaveLength(1)
  await Promise.all(holders.map(closeHolder))
  expect(runningServer(join(dataDir, 'postgres'))).toBeUndefined()
})

it('takes over the lock of a process that has died', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid: process.pid, started: 'long ago', token: 'x' }))
  const embedded = await openEmbedded({ dataDir })

  expect(await ask(embedded.url, 'select 1')).toBe(1)
  await embedded.close()
  expect(existsSync(join(dataDir, 'lock'))).toBe(false)
})

it('gives the database a new password when the secrets were lost, and keeps the data', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const first = await openEmbedded({ dataDir })
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.close()
  rmSync(join(dataDir, 'secrets.json'))
  const second = await openEmbedded({ dataDir })

  expect(second.url).not.toBe(first.url)
  expect(await ask(second.url, 'select answer from kept')).toBe(42)
  await second.close()
})

it('makes test data anew when the server does not start on them', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const first = await openEmbedded({ dataDir, disposable: true })
  expect(await ask(first.url, 'show fsync')).toBe('off')
  await first.close()
  writeFileSync(join(first.folder, 'global', 'pg_control'), 'damaged')
  const second = await openEmbedded({ dataDir, disposable: true })

  expect(await ask(second.url, 'select 1')).toBe(1)
  await second.close()
})

it.runIf(process.getuid?.() === 0)('as root, puts the data where the server can reach them', async () => {
  const folder = temporaryFolder()
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const dataDir = join(closed, 'data')
  const first = await openEmbedded({ dataDir })
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.close()
  const second = await openEmbedded({ dataDir })

  expect(readlinkSync(join(dataDir, 'postgres'))).toBe(second.folder)
  expect(second.folder).toBe(first.folder)
  expect(await ask(second.url, 'select answer from kept')).toBe(42)
  await second.close()
  rmSync(second.folder, { recursive: true })
})

/** What is in a folder and in its folders. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
    return isFolder ? [name, ...listed(path).map((below) => `${name}/${below}`)] : [name]
  })
}

/** A folder may be renamed between our look at its parent and at itself. */
function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
