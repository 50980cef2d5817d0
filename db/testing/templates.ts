import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSession, type Session } from '@/db/client'
import { loadVolume } from '@/db/seed/volume/load'
import { migrateOrThrow } from './migrated'

export const databaseUrl = (maintenanceUrl: string, name: string): string => {
  const url = new URL(maintenanceUrl)
  url.pathname = `/${name}`
  return url.href
}

export type TemplateNames = { migrated: string; volume: string }

/**
 * A migrated empty database, and one that also holds the volume set of scale 1 for plan tests. They are named by what
 * makes them, so that a second run on the same server finds them ready and a changed migration makes new ones.
 */
export async function templateNames(): Promise<TemplateNames> {
  const schema = await fingerprint(['db/migrations'])
  const seed = await fingerprint(['db/migrations', 'db/seed', 'db/jobs'])
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  return { migrated: `brigade_template_${schema}`, volume: `brigade_volume_${seed}_${today}` }
}

/**
 * Makes a template unless it is there. Who asks for one that another test file is making waits for it, so the volume
 * set, which takes a minute, is made once, and only where a test needs it.
 */
export async function ensureTemplate(
  maintenanceUrl: string,
  template: keyof TemplateNames,
  name: string,
): Promise<void> {
  const session = await openSession(maintenanceUrl)
  const url = databaseUrl(maintenanceUrl, name)
  try {
    await session.query('select pg_advisory_lock(hashtext($1))', [`brigade ${template} template`])
    await ensure(session, name, async () => {
      await migrateOrThrow(url)
      if (template === 'volume') await loadVolume(url, { scale: 1 })
    })
  } finally {
    await session.close()
  }
}

/** Fills a database under a working name and renames it when it is whole: an interrupted run leaves no half template. */
async function ensure(session: Session, name: string, fill: () => Promise<void>): Promise<void> {
  const [found] = await session.query(`select from pg_database where datname = $1 and datistemplate`, [name])
  if (found) return
  await dropOutdated(session, name)
  await session.query(`create database ${name}`)
  await fill()
  await session.query(`alter database ${name} with is_template true`)
}

/** Templates of the same kind that an older schema or an earlier day made, and a half-made one of this name. */
async function dropOutdated(session: Session, name: string): Promise<void> {
  const kind = `${name.split('_').slice(0, 2).join('_')}_`
  const outdated = await session.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [kind],
  )
  for (const { datname } of outdated) {
    await session.query(`alter database ${datname} with is_template false`)
    await session.query(`drop database ${datname} with (force)`)
  }
}

async function fingerprint(folders: string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const names = await readdir(folder, { recursive: true })
    for (const name of names.filter((file) => /\.(ts|sql)$/.test(file) && !/\.test\.ts$/.test(file)).sort()) {
      hash.update(name).update(await readFile(join(folder, name)))
    }
  }
  return hash.digest('hex').slice(0, 12)
}
