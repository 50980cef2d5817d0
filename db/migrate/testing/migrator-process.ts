import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const CHILD = join(import.meta.dirname, 'migrate-child.ts')

export type MigratorProcess = {
  /** Resolves with the next line, after those already asked for, that matches; rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>
  /** Sends the signal and waits until the process is gone. */
  kill(signal: 'SIGINT' | 'SIGKILL'): Promise<void>
  /** All that it printed, once it has ended by itself. */
  ended(): Promise<string[]>
}

/** A migrator in a process of its own, killed after the test if it still runs. */
export function startMigrator(url: string, directory: string): MigratorProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, url, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const kill = async (signal: 'SIGINT' | 'SIGKILL') => {
    child.kill(signal)
    await gone
  }
  onTestFinished(() => kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const printed: string[] = []
  const next = async () => {
    const { value, done } = await lines.next()
    if (!done) printed.push(value)
    return done ? undefined : value
  }
  return {
    kill,
    async line(pattern) {
      for (let line = await next(); line !== undefined; line = await next())
        if (pattern.test(line)) return line
      throw new Error(`The migrator ended without a line like ${pattern}: ${printed.join('\n')}`)
    },
    async ended() {
      while ((await next()) !== undefined);
      await gone
      return printed
    },
  }
}
