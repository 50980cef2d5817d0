import { openSession, type Session } from '@/db/client'
import { readMigrations } from '@/db/migrate/files'
import { MIGRATIONS } from '@/db/migrate/testing/migrations-folder'
import { loadVolume } from '@/db/seed/volume/load'
import { migrateOrThrow } from '@/db/testing/migrated'

/** The volume set in a database of its own beside the one given; made on first use. */
export const volumeDatabase = (baseUrl: string, scale: number): Promise<string> =>
  databaseOfToday(baseUrl, `s${String(scale).replace('.', '_')}`, async (url) => {
    await migrateOrThrow(url)
    await loadVolume(url, { scale, report: (line: string) => console.log(line) })
  })

/** A database beside the one given that is filled on first use; a new one each day, and after each new migration. */
export async function databaseOfToday(
  baseUrl: string,
  of: string,
  fill: (url: string) => Promise<void>,
): Promise<string> {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const newest = (await readMigrations(MIGRATIONS)).at(-1)?.name.slice(0, 4)
  const name = `brigade_bench_${of}_${newest}_${day}`
  const url = new URL(baseUrl)
  url.pathname = `/${name}`
  const session = await openSession(baseUrl)
  try {
    const [found] = await session.query('select from pg_database where datname = $1', [name])
    if (!found) await make(session, name, url.href, fill)
  } finally {
    await session.close()
  }
  return url.href
}

/** A copy of a database, for work that writes; dropped when the work is done. Nobody may be connected to the original. */
export async function withCopy<T>(url: string, work: (copyUrl: string) => Promise<T>): Promise<T> {
  const name = new URL(url).pathname.slice(1)
  const copy = new URL(url)
  copy.pathname = `/${name}_copy`
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const session = await openSession(maintenance.href)
  try {
    await session.query(`drop database if exists ${name}_copy with (force)`)
    await session.query(`create database ${name}_copy template ${name} strategy file_copy`)
    return await work(copy.href)
  } finally {
    await session.query(`drop database if exists ${name}_copy with (force)`)
    await session.close()
  }
}

async function make(
  session: Session,
  name: string,
  url: string,
  fill: (url: string) => Promise<void>,
): Promise<void> {
  const working = `${name}_making`
  const workingUrl = url.replace(`/${name}`, `/${working}`)
  await session.query(`drop database if exists ${working} with (force)`)
  await session.query(`create database ${working}`)
  await fill(workingUrl)
  await session.query(`alter database ${working} rename to ${name}`)
}
