import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { Sentence } from './sentence.mjs'

/**
 * The operating system's account that PostgreSQL runs as. PostgreSQL refuses to run as root, so root needs another one.
 * @typedef {{ uid: number, gid: number }} Account
 */

const NAME = 'postgres'

/**
 * @param {string} cluster folder of the server's data, which may not exist yet: its owner goes on owning it
 * @returns {Account | undefined} undefined: run as who we are
 * @throws {Sentence} when we are root and no account can be made
 */
export function accountFor(cluster) {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return find() ?? make()
}

/**
 * Whether an account can enter a folder, through all its parents.
 * @param {Account} account
 * @param {string} folder
 */
export function canEnter(account, folder) {
  return (
    spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  )
}

function find() {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, NAME], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

function make() {
  const useradd = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  const attempts = [
    ['useradd', [...useradd, '--shell', '/usr/sbin/nologin', NAME]],
    ['adduser', ['-S', '-D', '-H', NAME]], // BusyBox
  ]
  for (const [command, args] of attempts) {
    spawnSync(command, args, { stdio: 'ignore' })
    const account = find()
    if (account) return account
  }
  throw new Sentence(
    `PostgreSQL refuses to run as root, and no user "${NAME}" could be made for it: ` +
      'run Brigade as an ordinary user, or set DATABASE_URL.',
  )
}
