import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../bin/lib/paths.mjs'

const LIST = 'db/migrations/releases.json'
const execute = promisify(execFile)
const git = async (...args: string[]): Promise<string> =>
  (await execute('git', args, { cwd: root })).stdout.trim()

export type Release = {
  version: string
  /** Its newest commit. */
  commit: string
}

/**
 * The releases in order: where there is a tag such as `v0.3.0`, as it was tagged, else as the repository was before the
 * next release was put on the list. The newest one is what is committed now.
 */
export async function listReleases(): Promise<Release[]> {
  const list: { version: string }[] = JSON.parse(await readFile(join(root, LIST), 'utf8'))
  return Promise.all(
    list.map(async ({ version }, at) => {
      const next = list[at + 1]
      const tag = await git('tag', '--list', `v${version}`)
      if (tag) return { version, commit: await git('rev-parse', `${tag}^{commit}`) }
      return { version, commit: next ? await commitBefore(next.version) : await git('rev-parse', 'HEAD') }
    }),
  )
}

async function commitBefore(version: string): Promise<string> {
  const commits = await git('log', '--reverse', '--format=%H', `-S"version": "${version}"`, '--', LIST)
  const [listed] = commits.split('\n')
  if (!listed) throw new Error(`No commit of this clone puts ${version} on ${LIST}: it may be a shallow one.`)
  return git('rev-parse', `${listed}^`)
}
