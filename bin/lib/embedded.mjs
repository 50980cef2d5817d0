import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  clusterFolder,
  DATABASE_NAME,
  DATABASE_USER,
  isCluster,
  makeCluster,
  makeDataDir,
  refuseForeignCluster,
  setPassword,
} from './cluster.mjs'
import { identityOf, isAlive } from './identity.mjs'
import { withLock } from './lock.mjs'
import { accountFor } from './os-account.mjs'
import { binariesFor } from './postgres-binaries.mjs'
import { runningServer, startServer, stopServer } from './postmaster.mjs'
import { secretsIn } from './secrets.mjs'

/**
 * The embedded PostgreSQL, brought up or adopted.
 *
 * Any number of processes may use one data folder at a time. Each leaves a lease in it, and the last one to close stops
 * the server: so a command that started the server does not take it away from a `npm start` begun meanwhile. The lease
 * of a process that was killed counts no more.
 * @typedef {object} Embedded
 * @property {string} url the application's database
 * @property {string} maintenanceUrl the database `postgres`, from which others can be made and dropped
 * @property {string} version
 * @property {number} port
 * @property {number} pid
 * @property {boolean} started false: it was running already
 * @property {string} folder where the data really are
 * @property {() => Promise<boolean>} close gives up the lease; true when that stopped the server
 */

/**
 * @param {{ dataDir: string, disposable?: boolean, programs?: string | undefined, say?: (text: string) => void }} options
 *   `disposable`: test data, faster than safe, made anew when the server does not start on them; `programs`: folder of
 *   another PostgreSQL's initdb, pg_ctl and postgres
 * @returns {Promise<Embedded>}
 * @throws {import('./sentence.mjs').Sentence}
 */
export async function openEmbedded({ dataDir, disposable = false, programs, say = () => {} }) {
  return underLock(dataDir, say, async () => {
    const setup = await prepare(dataDir, { disposable, programs, say })
    const server = await startServer(setup.cluster, setup).catch(async (error) => {
      if (!disposable) throw error
      say('the test server does not start on its old data, making new ones')
      rmSync(setup.cluster, { recursive: true, force: true })
      await makeCluster(setup.cluster, setup)
      return startServer(setup.cluster, setup)
    })
    const lease = takeLease(dataDir)
    const base = `postgresql://${DATABASE_USER}:${setup.password}@127.0.0.1:${server.port}`
    return {
      url: `${base}/${DATABASE_NAME}`,
      maintenanceUrl: `${base}/postgres`,
      version: setup.binaries.version,
      port: server.port,
      pid: server.pid,
      started: server.started,
      folder: setup.cluster,
      close: () => underLock(dataDir, say, () => closeLease(dataDir, lease, setup)),
    }
  })
}

/**
 * The generated AUTH_SECRET of a data folder.
 * @param {string} dataDir
 * @returns {Promise<string>}
 */
export async function generatedAuthSecret(dataDir) {
  return underLock(
    dataDir,
    () => {},
    async () => secretsIn(dataDir).authSecret,
  )
}

async function prepare(dataDir, { disposable, programs, say }) {
  const secrets = secretsIn(dataDir)
  const cluster = clusterFolder(dataDir)
  const account = accountFor(cluster)
  const binaries = await binariesFor(account, programs)
  const setup = { cluster, account, binaries, disposable, password: secrets.databasePassword }
  if (!isCluster(cluster)) {
    say('making a new PostgreSQL')
    await makeCluster(cluster, setup)
    return setup
  }
  refuseForeignCluster(cluster, setup)
  if (secrets.isNew) {
    say('the secrets were lost, giving the database a new password')
    await stopServer(cluster, setup)
    await setPassword(cluster, setup)
  }
  return setup
}

async function closeLease(dataDir, lease, setup) {
  rmSync(lease, { force: true })
  if (hasLeases(dataDir) || !runningServer(setup.cluster)) return false
  await stopServer(setup.cluster, setup)
  return true
}

function takeLease(dataDir) {
  const folder = join(dataDir, 'leases')
  mkdirSync(folder, { recursive: true })
  const lease = join(folder, randomUUID())
  writeFileSync(lease, JSON.stringify(identityOf()))
  return lease
}

/** Whether a living process uses the server; forgets those that died. */
function hasLeases(dataDir) {
  const folder = join(dataDir, 'leases')
  if (!existsSync(folder)) return false
  const alive = readdirSync(folder).filter((name) => {
    const holder = parse(readFileSync(join(folder, name), 'utf8'))
    if (holder && isAlive(holder)) return true
    rmSync(join(folder, name), { force: true })
    return false
  })
  return alive.length > 0
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function underLock(dataDir, say, work) {
  makeDataDir(dataDir)
  const waiting = (pid) => say(`process ${pid} is starting or stopping the database, waiting`)
  return withLock(join(dataDir, 'lock'), work, waiting)
}
