import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { withLock } from '../lib/lock.mjs'
import { kill, temporaryFolder } from './helpers'

it('lets one in at a time', async () => {
  const file = join(temporaryFolder(), 'lock')
  let inside = 0
  const most: number[] = []
  const visit = () =>
    withLock(file, async () => {
      most.push(++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
    })
  await Promise.all([visit(), visit(), visit()])

  expect(most).toEqual([1, 1, 1])
  expect(existsSync(file)).toBe(false)
})

it('is free again after work that failed', async () => {
  const file = join(temporaryFolder(), 'lock')
  await expect(withLock(file, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')

  expect(await withLock(file, async () => 'done')).toBe('done')
})

it('stays with the program that the work was left to, when the process that took it is killed', async () => {
  const file = join(temporaryFolder(), 'lock')
  const script = fileURLToPath(new URL('./lock-and-leave.mjs', import.meta.url))
  const holder = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(holder.stdout, 'data')
  const program = Number(line)
  await kill(holder)

  const waitedFor: number[] = []
  const entered = withLock(
    file,
    async () => 'entered',
    (pid) => {
      waitedFor.push(pid)
      process.kill(program, 'SIGKILL')
    },
  )
  expect(await entered).toBe('entered')
  expect(waitedFor).toEqual([program])
})
