import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeContents } from '../../db/backup'
import { openSession, type Session } from '../../db/client'
import type { Manifest } from './backup-folder'
import { clientProgram, libpqEnvironment } from './pg-client'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

const FILE = 'database.dump'
/** pg_dump must not queue up behind a migration for long, with every request behind it. */
const LOCK_WAIT = '5s'

/** Dumps a database into a folder with pg_dump, and counts and hashes the very same snapshot of it. */
export async function dump(
  { url, program, stop }: { url: string; program: string; stop: AbortSignal },
  folder: string,
): Promise<Pick<Manifest, 'kind' | 'lsn' | 'contents'>> {
  const session = await openSession(url, { applicationName: 'brigade-backup' })
  try {
    await session.query('set idle_in_transaction_session_timeout = 0')
    await session.query('begin isolation level repeatable read read only')
    const [exported] = await session.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
    const args = ['--format=custom', `--file=${join(folder, FILE)}`, `--lock-wait-timeout=${LOCK_WAIT}`]
    const dumped = run(program, [...args, `--snapshot=${exported?.snapshot}`, '--no-password'], {
      env: libpqEnvironment(url),
      stop,
    })
    const [{ code, output }, contents] = await Promise.all([dumped, takeContents(session)])
    if (code !== 0) throw new Sentence(`pg_dump failed: ${lastLine(output)}`)
    return { kind: 'dump', lsn: null, contents }
  } finally {
    await session.close()
  }
}

/**
 * Restores a dump into an empty database.
 * @throws {Sentence} when it is not empty, or pg_restore of a fitting version is missing or fails
 */
export async function restoreDump(
  { major }: Manifest,
  folder: string,
  { url, stop }: { url: string; stop: AbortSignal },
): Promise<void> {
  const session = await openSession(url, { applicationName: 'brigade-backup' })
  try {
    await refuseFilled(session)
    const program = (await clientProgram('pg_restore', major)) ?? missing(major)
    // Owners and rights are those of who restores: the roles of the old server may not be there.
    const args = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction', '--no-password']
    const options = { env: libpqEnvironment(url), stop }
    const { PGDATABASE = '' } = options.env
    await withWanted(program, join(folder, FILE), async (list) => {
      const { code, output } = await run(
        program,
        [...args, `--use-list=${list}`, `--dbname=${PGDATABASE}`, join(folder, FILE)],
        options,
      )
      if (code !== 0) throw new Sentence(`pg_restore failed: ${lastLine(output)}`)
    })
    await session.query('analyze')
  } finally {
    await session.close()
  }
}

/** Superusers alone may make it, it holds nothing of the chain's, and the other server may well have it already. */
const LEFT_OUT = /\bEXTENSION\b.*\bpg_stat_statements\b/

/** Calls `work` with a file that lists what of the dump is to be restored. */
async function withWanted(program: string, dumped: string, work: (list: string) => Promise<void>) {
  const { code, output } = await run(program, ['--list', dumped])
  if (code !== 0) throw new Sentence(`pg_restore failed: ${lastLine(output)}`)
  const folder = await mkdtemp(join(tmpdir(), 'brigade-restore-'))
  try {
    const list = join(folder, 'list')
    const lines = output.split('\n').filter((line) => !LEFT_OUT.test(line))
    await writeFile(list, lines.join('\n'))
    await work(list)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function refuseFilled(session: Session): Promise<void> {
  const [row] = await session.query<{ name: string }>(
    `select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind in ('r', 'p', 'v', 'm') and nspname <> 'information_schema' and nspname !~ '^pg_'
       and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e') limit 1`,
  )
  if (row)
    throw new Sentence(`The database to restore into is not empty (it has ${row.name}): make a new one.`)
}

function missing(major: number): never {
  throw new Sentence(
    `There is no pg_restore of PostgreSQL ${major} on this machine: install its client programs.`,
  )
}

const lastLine = (output: string) => output.trim().split('\n').at(-1) ?? ''
