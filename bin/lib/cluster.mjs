import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { accountFor, canEnter } from './os-account.mjs'
import { SHARED_FOLDER } from './postgres-binaries.mjs'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

/** Superuser and database of the embedded server. */
export const DATABASE_USER = 'brigade'
export const DATABASE_NAME = 'brigade'

/** Settings file inside the cluster, see server-settings.mjs. */
export const SETTINGS_FILE = 'brigade.conf'

/**
 * The folder of the server's data: `postgres` in the data folder. As root, when the server's account cannot enter the
 * data folder (a clone in /root), `postgres` there is a link to a folder that it can enter.
 * @param {string} dataDir
 * @returns {string}
 */
export function clusterFolder(dataDir) {
  const inside = join(dataDir, 'postgres')
  const found = lstatSync(inside, { throwIfNoEntry: false })
  if (found?.isSymbolicLink()) return readlinkSync(inside)
  const account = accountFor(inside)
  if (found || !account || canEnter(account, dataDir)) return inside
  const outside = join(SHARED_FOLDER, `data-${randomBytes(6).toString('hex')}`)
  mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 })
  symlinkSync(outside, inside)
  return outside
}

/** Whether a cluster is complete enough for a server to start on it: initdb writes this file near its end. */
export function isCluster(cluster) {
  return existsSync(join(cluster, 'global', 'pg_control'))
}

/**
 * Makes a new cluster with the database in it. Everything happens in a folder beside, which gets its name when it is
 * complete: a process killed in between leaves nothing that looks like a cluster.
 * @param {string} cluster
 * @param {{ binaries: import('./postgres-binaries.mjs').Binaries,
 *   account: import('./os-account.mjs').Account | undefined, password: string }} options
 */
export async function makeCluster(cluster, { binaries, account, password }) {
  removeUnfinished(cluster)
  const unfinished = `${cluster}.unfinished-${randomBytes(4).toString('hex')}`
  const passwordFile = `${unfinished}.password`
  try {
    mkdirSync(unfinished, { mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid)
    await initialise(unfinished, { binaries, account, passwordFile })
    appendFileSync(join(unfinished, 'postgresql.conf'), `\ninclude = '${SETTINGS_FILE}'\n`)
    await runSingle(unfinished, { binaries, account }, `CREATE DATABASE ${DATABASE_NAME}`)
    setAside(cluster)
    renameSync(unfinished, cluster)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/**
 * Gives the database user a new password, for a cluster whose secrets were lost. No server may be running on it.
 */
export async function setPassword(cluster, { binaries, account, password }) {
  await runSingle(cluster, { binaries, account }, `ALTER ROLE ${DATABASE_USER} PASSWORD '${password}'`)
}

/**
 * @param {string} cluster
 * @param {{ binaries: import('./postgres-binaries.mjs').Binaries,
 *   account: import('./os-account.mjs').Account | undefined }} options
 * @throws {Sentence} when a server of this version cannot use the cluster
 */
export function refuseForeignCluster(cluster, { binaries, account }) {
  if (account && !canEnter(account, cluster)) {
    throw new Sentence(
      `PostgreSQL does not run as root, and the account it runs as cannot enter ${cluster}: ` +
        'make the folders above it enterable (chmod o+x) or move it with BRIGADE_DATA.',
    )
  }
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (made === binaries.major) return
  throw new Sentence(
    `${cluster} was made by PostgreSQL ${made} and this Brigade brings ${binaries.major}: ` +
      'dump it with the version that made it, or choose another folder with BRIGADE_DATA.',
  )
}

/**
 * Makes the data folder. The server's account must be able to pass through it, whatever root's umask says, and nobody
 * needs to list it.
 * @param {string} dataDir
 * @throws {Sentence}
 */
export function makeDataDir(dataDir) {
  const found = statSync(dataDir, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found)
    throw new Sentence(`${dataDir} is a file where a folder is needed: choose another with BRIGADE_DATA.`)
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o711)
}

// The same order of text on every machine: PostgreSQL's own C.UTF-8 (by code point) instead of the system's collations.
// Before PostgreSQL 17 it has none, and plain C sorts the same way.
// The system's locale is only asked what a letter is, which pg_trgm and full text search still do, hence lc-ctype.
async function initialise(folder, { binaries, account, passwordFile }) {
  const builtin =
    Number(binaries.major) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const locale = ['--encoding=UTF8', '--locale=C', ...builtin]
  const access = [`--username=${DATABASE_USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  let failure = ''
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const args = [`--pgdata=${folder}`, ...locale, `--lc-ctype=${ctype}`, ...access]
    const { code, output } = await run(binaries.initdb, args, serverProcess(account))
    if (code === 0) return
    failure = output
    if (!/locale/i.test(output)) break
  }
  throw serverTrouble(failure, `PostgreSQL could not make its folder ${folder}`)
}

/** Runs one statement without a server. */
async function runSingle(folder, { binaries, account }, statement) {
  const args = ['--single', '-D', folder, '-c', 'exit_on_error=on', '-c', 'shared_preload_libraries=']
  if (!existsSync(join(folder, SETTINGS_FILE)))
    writeFileSync(join(folder, SETTINGS_FILE), '', { mode: 0o644 })
  const options = { ...serverProcess(account), input: `${statement}\n` }
  const { code, output } = await run(binaries.postgres, [...args, 'postgres'], options)
  if (code !== 0) throw serverTrouble(output, `PostgreSQL could not prepare ${folder}`)
}

/**
 * How the server's programs are run: as its account, from a folder that this may enter, without the PG* variables that
 * a person may have set for another server, and apart from the terminal, whose Ctrl-C would tear them down half-way.
 */
export function serverProcess(account) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name)))
  return { ...account, cwd: '/', env: { ...env, LC_ALL: 'C' }, detached: process.platform !== 'win32' }
}

/**
 * What the server's own output says went wrong, as a sentence.
 * @param {string} output of a program or from the server's log
 * @param {string} doing start of the sentence when the reason is none of the known ones
 */
export function serverTrouble(output, doing) {
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return new Sentence(`${doing}: the disk is full. Free some space and run the command again.`)
  }
  if (/Cannot allocate memory/i.test(output)) {
    return new Sentence(`${doing}: there is too little memory (it needs about 400 MB free).`)
  }
  const lines = output.split('\n').filter((line) => /FATAL|PANIC|ERROR|error:|could not/.test(line))
  const reason =
    lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ?? output.trim().split('\n').at(-1)
  return new Sentence(`${doing}: ${reason || 'it gave no reason'}.`)
}

function removeUnfinished(cluster) {
  const start = `${basename(cluster)}.unfinished-`
  for (const name of readdirSync(dirname(cluster))) {
    if (name.startsWith(start))
      rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Something without the makings of a cluster is in the way (copied in part, perhaps): it is kept, under another name. */
function setAside(cluster) {
  if (!existsSync(cluster)) return
  if (readdirSync(cluster).length === 0) rmSync(cluster, { recursive: true })
  else renameSync(cluster, `${cluster}.incomplete-${Date.now()}`)
}
