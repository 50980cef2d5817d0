import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { giveWay, mayGiveWay } from '../serve/priority.mjs'

// Nobody may have it tried who could not have it back.
test.skipIf(!mayGiveWay())(
  'a process that starts gives way, and has all its threads back as they were',
  async () => {
    const child = spawn(process.execPath, ['-e', 'process.send(1); process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    })
    const pid = child.pid ?? 0
    const serve = giveWay(pid)
    await once(child, 'message')
    expect(getPriority(pid)).toBeGreaterThan(getPriority())

    serve()
    const threads = readdirSync(`/proc/${pid}/task`).map(Number)
    expect(threads.length).toBeGreaterThan(1)
    expect(new Set(threads.map((thread) => getPriority(thread)))).toEqual(new Set([getPriority()]))

    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(() => giveWay(pid)).not.toThrow()
  },
)
