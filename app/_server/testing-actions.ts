import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ActionEntry, actionRegistry } from './action'

/** Every file of server actions, wherever it stands and whatever it is called. */
const actionFiles = (): string[] =>
  readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && /^'use server'/m.test(readFileSync(join('app', file), 'utf8')))
    .sort()

/** Every action of the app, loaded as the server loads it. */
export async function loadActions(): Promise<ActionEntry[]> {
  for (const file of actionFiles()) await import(resolve('app', file))
  return [...actionRegistry]
}
