import { constants, existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Contents, takeContents } from '../../db/backup'
import { openSession, type Session } from '../../db/client'
import type { Manifest } from './backup-folder'
import { SETTINGS_FILE } from './cluster.mjs'
import { refuseWhenStopped } from './run.mjs'
import { Sentence } from './sentence.mjs'

export const CLUSTER = 'cluster'
export const LOG = 'wal'

/** Kept as empty folders: what they hold is of the running server, or comes with the log. */
const EMPTIED = new Set([
  'pg_wal',
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
const LEFT_OUT = /^(postmaster\.(pid|opts)|server\.log.*|pg_internal\.init|pgsql_tmp.*)$/
const QUIET_TRIES = 400
const QUIET_PAUSE_MS = 5

/**
 * Copies the files of a running server between pg_backup_start and pg_backup_stop, with the log that was written
 * meanwhile, as far as a place in it of which the contents are known.
 * @param cluster the server's data, on this machine
 */
export async function copyCluster(
  { url, cluster, stop }: { url: string; cluster: string; stop: AbortSignal },
  folder: string,
): Promise<Pick<Manifest, 'kind' | 'lsn' | 'contents'>> {
  const session = await openSession(url, { applicationName: 'brigade-backup' })
  try {
    await session.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
    // Keeps the log from being cleared away; it goes with this session, whatever ends it.
    await session.query(
      `select pg_create_physical_replication_slot('brigade_backup_' || pg_backend_pid(), true, true)`,
    )
    const first = await walFile(session, `pg_backup_start('brigade', fast => true)`)
    await copyTree(cluster, join(folder, CLUSTER), stop)
    const [stopped] = await session.query<{ label: string }>(
      'select labelfile as label from pg_backup_stop(wait_for_archive => false)',
    )
    await writeFile(join(folder, CLUSTER, 'backup_label'), stopped?.label ?? '')
    const { lsn, contents } = await contentsAtRest(session)
    const last = await walFile(session, `pg_create_restore_point('brigade')`)
    await copyLog(session, cluster, join(folder, LOG), first, last)
    return { kind: 'copy', lsn, contents }
  } finally {
    await session.close()
  }
}

/**
 * The data folder of the server at an address, when it is an embedded one on this machine.
 * @throws {Sentence} otherwise, saying what to install
 */
export async function clusterOf(session: Session, major: number): Promise<string> {
  const install = `install the client programs of PostgreSQL ${major} (Debian: postgresql-client-${major})`
  const [server] = await session
    .query<{ folder: string; started: number; tablespaces: number }>(
      `select current_setting('data_directory') as folder,
         floor(extract(epoch from pg_postmaster_start_time()))::int as started,
         (select count(*)::int from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as tablespaces`,
    )
    .catch(() => [])
  if (!server || !isHere(server))
    throw new Sentence(
      `There is no pg_dump of PostgreSQL ${major} here, and the server's files are not on this machine: ${install}.`,
    )
  if (!existsSync(join(server.folder, SETTINGS_FILE)) || server.tablespaces > 0)
    throw new Sentence(
      `There is no pg_dump of PostgreSQL ${major} here, and only files of the embedded server are copied: ${install}.`,
    )
  return server.folder
}

/** Whether it is this very server whose files lie there, and not another one's at the same path of another machine. */
function isHere({ folder, started }: { folder: string; started: number }): boolean {
  try {
    const [, , startedAt] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return Math.abs(Number(startedAt) - started) <= 2
  } catch {
    return false
  }
}

/** Files come and go while a server runs: one that has just gone is not missed, since the log says so, too. */
async function copyTree(from: string, to: string, stop: AbortSignal): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true }).catch(goneIsEmpty)) {
    refuseWhenStopped(stop)
    if (LEFT_OUT.test(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (EMPTIED.has(entry.name)) await mkdir(target, { mode: 0o700 })
    else if (entry.isDirectory()) await copyTree(source, target, stop)
    else if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE).catch(goneIsEmpty)
  }
}

function goneIsEmpty(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}

/**
 * The contents at a place in the log, seen in a snapshot taken while nothing was written: then what is replayed up to
 * that place is just what the snapshot sees. Where something is written at every moment, only the place.
 *
 * A transaction may have written its commit to the log and still count as running for those who take a snapshot. So the
 * place is read first, then it is made sure that nobody is in a transaction that writes, then the snapshot is taken, and
 * the log must not have grown meanwhile.
 */
async function contentsAtRest(session: Session): Promise<{ lsn: string; contents: Contents | null }> {
  for (let attempt = 1; ; attempt++) {
    const before = await logPosition(session)
    const [writer] = await session.query('select from pg_stat_activity where backend_xid is not null limit 1')
    await session.query('begin isolation level repeatable read')
    try {
      const lsn = await logPosition(session)
      if (!writer && lsn === before) return { lsn, contents: await takeContents(session) }
      if (attempt === QUIET_TRIES) return { lsn, contents: null }
    } finally {
      await session.query('rollback')
    }
    await delay(QUIET_PAUSE_MS)
  }
}

async function logPosition(session: Session): Promise<string> {
  const [row] = await session.query<{ lsn: string }>('select pg_current_wal_insert_lsn()::text as lsn')
  return row?.lsn ?? ''
}

/** The file of the log in which the place that a function returns lies. */
async function walFile(session: Session, call: string): Promise<string> {
  const [row] = await session.query<{ file: string }>(`select pg_walfile_name(${call}) as file`)
  return row?.file ?? ''
}

async function copyLog(session: Session, cluster: string, to: string, first: string, last: string) {
  await flushed(session)
  await mkdir(to, { mode: 0o700 })
  const log = join(cluster, 'pg_wal')
  const files = (await readdir(log)).filter((name) => /^[0-9A-F]{24}$/.test(name))
  for (const name of files.filter((file) => file >= first && file <= last))
    await copyFile(join(log, name), join(to, name), constants.COPYFILE_FICLONE)
}

/** Waits until all of the log so far has left the server's memory. */
async function flushed(session: Session): Promise<void> {
  const position = await logPosition(session)
  for (;;) {
    const [now] = await session.query<{ done: boolean }>(
      'select pg_current_wal_flush_lsn() >= $1::text::pg_lsn as done',
      [position],
    )
    if (now?.done) return
    await delay(QUIET_PAUSE_MS)
  }
}
