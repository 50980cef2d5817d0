import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dataDir, root } from '../../bin/lib/paths.mjs'
import { run } from '../../bin/lib/run.mjs'

const LOCK = 'package-lock.json'
const execute = promisify(execFile)
const git = (...args: string[]) => execute('git', args, { cwd: root, maxBuffer: 2 ** 26 })

/**
 * The repository as it was at a commit, built, in a folder of its own under the data folder; made on first use. Where it
 * needs the same packages as today's it has them as hard links, for the bundler follows no link out of its folder.
 */
export async function builtRelease(commit: string): Promise<string> {
  const folder = join(dataDir, 'releases', commit.slice(0, 12))
  if (!existsSync(folder)) {
    const making = `${folder}.making`
    await rm(making, { recursive: true, force: true })
    await unpackRelease(commit, making)
    await rename(making, folder)
  }
  await build(folder)
  return folder
}

/** The repository as it was at a commit, with its packages, in a new folder; not built. */
export async function unpackRelease(commit: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const archive = join(folder, 'sources.tar')
  await git('archive', `--output=${archive}`, commit)
  await execute('tar', ['-xf', archive, '-C', folder])
  await rm(archive)
  if (await hasTodaysPackages(commit)) await linkPackages(folder)
  // Not `npm ci`, which wants the optional packages of every other machine to be there, too.
  else await execute('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: folder })
}

/** What was committed last. */
export const newestCommit = async (): Promise<string> => (await git('rev-parse', 'HEAD')).stdout.trim()

async function hasTodaysPackages(commit: string): Promise<boolean> {
  const { stdout } = await git('show', `${commit}:${LOCK}`)
  return packagesOf(stdout) === packagesOf(await readFile(join(root, LOCK), 'utf8'))
}

/** Without what the lock says of Brigade itself, such as a version. */
function packagesOf(lock: string): string {
  const { '': _, ...packages } = (JSON.parse(lock) as { packages: Record<string, unknown> }).packages
  return JSON.stringify(packages)
}

export async function linkPackages(folder: string): Promise<void> {
  const [from, to] = [join(root, 'node_modules'), join(folder, 'node_modules')]
  try {
    await execute('cp', ['-al', from, to])
  } catch {
    await cp(from, to, { recursive: true, verbatimSymlinks: true })
  }
}

/** With the release's own tools; without effect where it is built already. */
async function build(folder: string): Promise<void> {
  const script =
    "const { buildApp } = await import('./bin/lib/build.mjs'); await buildApp({ say: console.error })"
  const { code } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: process.env,
    stdio: ['ignore', 2, 'inherit'],
  })
  if (code !== 0) throw new Error(`${folder} could not be built: the message above says why.`)
}
