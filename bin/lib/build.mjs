import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { withLock } from './lock.mjs'
import { lockOf, root } from './paths.mjs'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

const SOURCE_FOLDERS = ['app', 'db', 'domain', 'public']
const ROOT_SOURCES = /^(?!\.).*\.(json|js|mjs|cjs|ts)$/
const NOT_BUILT = /\.test\.tsx?$|\.md$/
// The tests build into a folder of their own: a server that runs from the other one keeps its files.
const folder = () => join(root, process.env.BRIGADE_DIST || '.next')
const stamp = () => join(folder(), 'brigade-sources')

/**
 * Builds the app unless the last build was of the same sources.
 * @param {{ stop?: AbortSignal | undefined, say?: (text: string) => void }} [options]
 * @returns {Promise<string>} what was done, for people
 * @throws {Sentence}
 */
export async function buildApp({ stop, say = () => {} } = {}) {
  return withLock(
    lockOf('build'),
    async (handTo) => {
      const sources = hashSources()
      if (builtFrom() === sources) return 'up to date'
      say('building the app')
      rmSync(stamp(), { force: true })
      const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
      const { code } = await run(process.execPath, [next, 'build'], {
        cwd: root,
        env: env(),
        stdio: 'inherit',
        stop,
        handTo,
      })
      if (code !== 0) throw new Sentence('The app could not be built: the message above says why.')
      writeFileSync(stamp(), sources)
      return 'built'
    },
    (pid) => say(`being built by process ${pid}, waiting`),
  )
}

function builtFrom() {
  if (!existsSync(stamp()) || !existsSync(join(folder(), 'BUILD_ID'))) return undefined
  return readFileSync(stamp(), 'utf8')
}

/** A build must need neither database nor secrets, so it does not get them: it comes out the same whoever makes it. */
function env() {
  const { DATABASE_URL, DATABASE_DIRECT_URL, AUTH_SECRET, ...others } = process.env
  return { ...others, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
}

/** By content and not by time: a checkout there and back is no change. */
function hashSources() {
  const hash = createHash('sha256')
  for (const file of sourceFiles())
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function sourceFiles() {
  const top = readdirSync(root).filter((name) => ROOT_SOURCES.test(name) && name !== 'next-env.d.ts')
  const below = SOURCE_FOLDERS.filter((name) => existsSync(join(root, name))).flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  )
  return [...top.map((name) => join(root, name)), ...below].sort()
}
