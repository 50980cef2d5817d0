import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { run } from './run.mjs'

const folder = join(root, 'bin', 'commands')

/**
 * The file of a command: `db:seed` is bin/commands/db-seed.ts.
 * @param {string} name
 * @returns {string | undefined} undefined: no such command
 */
export function commandFile(name) {
  if (!/^[a-z][a-z:-]*$/.test(name)) return undefined
  const file = join(folder, `${name.replaceAll(':', '-')}.ts`)
  return existsSync(file) ? file : undefined
}

/**
 * Every command with what it does: the first line of its file's docstring.
 * @returns {{ name: string, what: string }[]}
 */
export function listCommands() {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  return files.sort().map((file) => ({
    // The last part is what is done: `api-key:create`.
    name: file.replace(/\.ts$/, '').replace(/-(?=[a-z]+$)/, ':'),
    what: firstDocLine(readFileSync(join(folder, file), 'utf8')),
  }))
}

/**
 * Runs a command, with the terminal.
 * @param {string} name
 * @param {string[]} args
 * @param {{ env: Record<string, string>, stop: AbortSignal }} options
 * @returns {Promise<number>} its exit code
 */
export async function runCommand(name, args, { env, stop }) {
  // tsx as a loader and not as a program: one process, which gets our signals itself.
  const node = ['--import', 'tsx', /** @type {string} */ (commandFile(name)), ...args]
  const options = {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: /** @type {const} */ ('inherit'),
    stop,
  }
  return (await run(process.execPath, node, options)).code
}

function firstDocLine(source) {
  const text = /\/\*\*\s*(?:\*\s*)?([\s\S]*?)\s*(?:\n\s*\*?\s*\n|\*\/|\n)/.exec(source)?.[1] ?? ''
  return text.trim()
}
