import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityOf, isAlive } from './identity.mjs'

const POLL_MS = 100
const TELL_AFTER_MS = 1_500
const HALF_WRITTEN_MS = 5_000

/**
 * Does `work` while no other process on this machine holds the lock file. A lock whose process has died is taken over,
 * so work that is left to another program names that: were we killed, it would go on without us.
 * @template T
 * @param {string} file
 * @param {(handTo: (pid: number) => void) => Promise<T>} work `handTo` makes a child, and then us again, the holder
 * @param {(pid: number) => void} [onWait] told once, when another process keeps us waiting
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => {}) {
  mkdirSync(dirname(file), { recursive: true })
  await acquire(file, onWait)
  try {
    const { token } = read(file)
    return await work((pid) => writeFileSync(file, JSON.stringify({ ...identityOf(pid), token })))
  } finally {
    rmSync(file, { force: true })
  }
}

async function acquire(file, onWait) {
  const started = performance.now()
  let told = false
  while (!create(file)) {
    const holder = read(file)
    if (holder && isStale(holder, file)) {
      breakStale(file, holder)
    } else if (holder?.pid && !told && performance.now() - started > TELL_AFTER_MS) {
      told = true
      onWait(holder.pid)
    }
    await sleep(POLL_MS)
  }
}

function create(file) {
  try {
    writeFileSync(file, JSON.stringify({ ...identityOf(), token: randomUUID() }), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    // A lock that could not be written (full disk) must not stay behind empty.
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT') rmSync(file, { force: true })
    throw error
  }
}

/** Who holds the lock: undefined when it is gone, without pid while it is being written. */
function read(file) {
  try {
    const text = readFileSync(file, 'utf8')
    return text === '' ? { token: '' } : JSON.parse(text)
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    if (error instanceof SyntaxError) return { token: '' }
    throw error
  }
}

function isStale(holder, file) {
  if (holder.pid) return !isAlive(holder)
  return age(file) > HALF_WRITTEN_MS
}

/**
 * Removes the lock of a dead process. Two waiting processes may both find it dead, and the slower one would remove the
 * lock that the faster one has taken since: so only one at a time may look again and remove.
 */
function breakStale(file, holder) {
  const breaker = `${file}.break`
  if (!create(breaker)) {
    if (age(breaker) > HALF_WRITTEN_MS) rmSync(breaker, { force: true })
    return
  }
  try {
    if (read(file)?.token === holder.token) rmSync(file, { force: true })
  } finally {
    rmSync(breaker, { force: true })
  }
}

function age(file) {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return modified === undefined ? 0 : Date.now() - modified
}
