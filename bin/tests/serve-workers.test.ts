import { once } from 'node:events'
import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { pidAt, pidsAt, startSupervised } from './supervised'

test('two workers serve, one that crashed is replaced, and SIGTERM lets what is under way finish', async () => {
  const { child, url, stderr } = await startSupervised()
  await once(child, 'message')
  const before = await pidsAt(url)
  // Whether or not they could give way while they started (serve-priority.test.ts): nobody serves as the slowest.
  expect(before.map((pid) => getPriority(pid))).toEqual([getPriority(), getPriority()])

  await expect(fetch(`${url}/crash`)).rejects.toThrow()
  const after = new Set<number>()
  while ([...after].every((pid) => before.includes(pid))) after.add(await pidAt(url))
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
  const before = await pidsAt(url)
  const slow = await fetch(`${url}/slow`)

  child.kill('SIGUSR2')
  const after = new Set<number>()
  const isNew = (pid: number) => !before.includes(pid)
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
