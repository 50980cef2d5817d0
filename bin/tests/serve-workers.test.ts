import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { getPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function startSupervised(env: Record<string, string> = {}) {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./supervised-server.mjs', import.meta.url))],
    {
      env: { ...process.env, PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  children.push(child)
  const output: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  return { child, url: `http://127.0.0.1:${port}`, stderr: () => output.join('') }
}

/** The worker that answers, on a connection of its own: a kept one would always lead to the same. */
const pidAt = async (url: string) =>
  Number(await (await fetch(url, { headers: { connection: 'close' } })).text())

test('two workers serve, one that crashed is replaced, and SIGTERM lets what is under way finish', async () => {
  const { child, url, stderr } = await startSupervised()
  await once(child, 'message')
  const before = new Set<number>()
  while (before.size < 2) before.add(await pidAt(url))
  // Whether or not they could give way while they started (serve-priority.test.ts): nobody serves as the slowest.
  expect([...before].map((pid) => getPriority(pid))).toEqual([getPriority(), getPriority()])

  await expect(fetch(`${url}/crash`)).rejects.toThrow()
  const after = new Set<number>()
  while ([...after].every((pid) => before.has(pid))) after.add(await pidAt(url))
  expect(stderr()).toContain('A web process ended by itself (exit code 3)')

  const slow = await fetch(`${url}/slow`)
  child.kill('SIGTERM')
  expect(await slow.text()).toMatch(/^begun \d+$/)
  expect(await once(child, 'exit')).toEqual([0, null])
  await expect(fetch(url)).rejects.toThrow()
})

test('on SIGUSR2 each worker is replaced by a new one, and no request is lost', async () => {
  const { child, url, stderr } = await startSupervised()
  await once(child, 'message')
  const before = new Set<number>()
  while (before.size < 2) before.add(await pidAt(url))
  const slow = await fetch(`${url}/slow`)

  child.kill('SIGUSR2')
  const after = new Set<number>()
  const isNew = (pid: number) => !before.has(pid)
  while ([...after].filter(isNew).length < 2) after.add(await pidAt(url))
  expect(await slow.text()).toMatch(/^begun \d+$/)

  const served = Array.from({ length: 20 }, () => pidAt(url))
  for (const pid of await Promise.all(served)) expect(isNew(pid)).toBe(true)
  expect(stderr()).toBe('')
})

test('a new worker that does not start leaves the old ones at work', async () => {
  const { child, url, stderr } = await startSupervised({ FAIL_AFTER: '2' })
  await once(child, 'message')
  child.kill('SIGUSR2')
  await expect.poll(stderr, { timeout: 20_000 }).toContain('The old ones go on.')
  expect(await pidAt(url)).toBeGreaterThan(0)
})

test('a worker that never starts ends the whole with one sentence', async () => {
  const { child, stderr } = await startSupervised({ FAIL: '1' })
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(stderr().trim()).toBe('The server did not start: its message above says why.')
})

test('without its parent the server ends', async () => {
  const { child, url } = await startSupervised()
  await once(child, 'message')
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
  await expect(fetch(url)).rejects.toThrow()
})
