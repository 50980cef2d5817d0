import { appendFileSync, chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CLUSTER, LOG } from './backup-copy'
import type { Manifest } from './backup-folder'
import { clusterFolder, makeDataDir } from './cluster.mjs'
import { type Embedded, openEmbedded } from './embedded.mjs'
import { accountFor } from './os-account.mjs'
import { binariesFor } from './postgres-binaries.mjs'
import { runningServer, startServer, stopServer } from './postmaster.mjs'
import { refuseWhenStopped } from './run.mjs'
import { Sentence } from './sentence.mjs'

const AUTO_CONF = 'postgresql.auto.conf'
const SIGNAL = 'recovery.signal'
const LOOK_EVERY_MS = 100

type Account = { uid: number; gid: number } | undefined

/**
 * Makes a new data folder (as BRIGADE_DATA names one) of a copy, replays its log to the place that its manifest names,
 * and opens it.
 * @throws {Sentence} when the folder is not empty, or the copy is of another version than the embedded server
 */
export async function restoreCopy(
  { lsn, major }: Manifest,
  folder: string,
  { dataDir, stop }: { dataDir: string; stop: AbortSignal },
): Promise<Embedded> {
  makeDataDir(dataDir)
  if ((await readdir(dataDir)).length > 0)
    throw new Sentence(`${dataDir} is not empty: name a new folder to restore into.`)
  const cluster = clusterFolder(dataDir)
  const account = accountFor(cluster)
  const binaries = await binariesFor(account)
  if (Number(binaries.major) !== major)
    throw new Sentence(
      `The backup is of PostgreSQL ${major}, and this Brigade brings ${binaries.major}: restore it with the release that made it.`,
    )
  await placeFiles(folder, cluster)
  const settings = readFileSync(join(cluster, AUTO_CONF), 'utf8')
  askForRecovery(cluster, lsn)
  await own(cluster, account)
  const setup = { binaries, account, disposable: false }
  await startServer(cluster, setup)
  try {
    await recovered(cluster, stop)
  } finally {
    await stopServer(cluster, setup)
  }
  writeFileSync(join(cluster, AUTO_CONF), settings)
  // Has no secrets yet, so it makes some and gives the database a password of this folder's own.
  return openEmbedded({ dataDir })
}

async function placeFiles(folder: string, cluster: string): Promise<void> {
  await mkdir(cluster, { recursive: true, mode: 0o700 })
  await cp(join(folder, CLUSTER), cluster, { recursive: true })
  await cp(join(folder, LOG), join(cluster, 'pg_wal'), { recursive: true })
}

/** All of the log that is needed lies in pg_wal already, so there is nothing to fetch: the command fails on purpose. */
function askForRecovery(cluster: string, lsn: string | null): void {
  writeFileSync(join(cluster, SIGNAL), '')
  const target = lsn ? [`recovery_target_lsn = '${lsn}'`, 'recovery_target_inclusive = off'] : []
  const settings = [`restore_command = 'exit 1'`, ...target, `recovery_target_action = 'promote'`]
  appendFileSync(join(cluster, AUTO_CONF), `${settings.join('\n')}\n`)
}

/** Gives the files to the account that the server runs as, and to nobody else. */
async function own(folder: string, account: Account): Promise<void> {
  if (account) chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o700)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await own(path, account)
    else if (account) chownSync(path, account.uid, account.gid)
  }
}

/** The server takes its signal away once it has replayed all that it was told to. */
async function recovered(cluster: string, stop: AbortSignal): Promise<void> {
  while (existsSync(join(cluster, SIGNAL))) {
    refuseWhenStopped(stop)
    if (!runningServer(cluster))
      throw new Sentence(
        `The copy could not be brought to its end: the log is ${join(cluster, 'server.log')}.`,
      )
    await delay(LOOK_EVERY_MS)
  }
}
