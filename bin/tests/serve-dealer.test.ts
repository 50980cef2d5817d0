import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { pidAt, pidsAt, startSupervised } from './supervised'

async function started() {
  const supervised = await startSupervised()
  await once(supervised.child, 'message')
  return supervised
}

/** A connection of one's own, and all that is heard on it. */
function lineTo(port: number) {
  const line = connect(port, '127.0.0.1')
  const heard: string[] = []
  line.setEncoding('utf8').on('data', (text: string) => heard.push(text))
  line.on('error', () => {})
  return { line, ended: once(line, 'close').then(() => heard.join('')) }
}

const head = (method: string, path: string, more = '') =>
  `${method} ${path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n${more}\r\n`

/** In pieces that arrive one by one, so that the first of them is all that can be read at first. */
async function sendInPieces(line: Socket, pieces: (string | Buffer)[]) {
  line.setNoDelay(true)
  for (const piece of pieces) {
    await new Promise((resolve) => line.write(piece, resolve))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('/healthz is answered while all web processes are at work', async () => {
  const { url } = await started()
  const answered: string[] = []
  const note = (name: string) => (answer: Response) => {
    expect(answer.status).toBe(200)
    answered.push(name)
  }
  const ask = (path: string) => fetch(`${url}${path}`, { headers: { connection: 'close' } })
  const busy = [1, 2].map(() => ask('/busy').then(note('busy')))
  // Whether or not both are at it by then: they are as long as nobody is served.
  const served = ask('/').then(note('page'))
  const health = await ask('/healthz?deep')
  note('health')(health)
  expect(await health.text()).toBe('ok\n')
  expect(health.headers.get('connection')).toBe('close')
  const asked = await fetch(`${url}/healthz`, { method: 'HEAD' })
  expect([asked.status, asked.headers.get('content-length')]).toEqual([200, '3'])
  await Promise.all([...busy, served])
  expect(answered[0]).toBe('health')
})

test('/healthz says when no web process can be heard, and so is told who waits for one', async () => {
  const { url, stderr } = await started()
  const pids = await pidsAt(url)
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    const statusOf = async (path: string) => (await fetch(`${url}${path}`)).status
    // Two are given away, to processes that will take them one day.
    const [first, second, ...waiting] = [1, 2, 3, 4].map(() => statusOf('/'))
    await expect.poll(() => statusOf('/healthz'), { timeout: 20_000 }).toBe(503)
    expect(await Promise.all(waiting)).toEqual([503, 503])
    for (const pid of pids) process.kill(pid, 'SIGCONT')
    expect(await Promise.all([first, second])).toEqual([200, 200])
    await expect.poll(() => statusOf('/healthz'), { timeout: 20_000 }).toBe(200)
    expect(await statusOf('/')).toBe(200)
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
  expect(stderr()).toBe('')
})

test('what follows the first bytes of a connection is read by who serves it, however it is cut', async () => {
  const { port } = await started()
  const body = randomBytes(1_000_000)
  const digest = createHash('sha256').update(body).digest('hex')
  const request = Buffer.concat([Buffer.from(head('POST', '/', `Content-Length: ${body.length}\r\n`)), body])
  const cuts = [[1], [3], [40], [100], [70_000], [1, 2, 3, 30, 500_000], []]
  const posts = [...cuts, ...cuts, ...cuts].map(async (at) => {
    const { line, ended } = lineTo(port)
    await once(line, 'connect')
    const pieces = [0, ...at].map((from, index) => request.subarray(from, at[index]))
    await sendInPieces(line, pieces)
    return ended
  })
  for (const answer of await Promise.all(posts)) expect(answer).toContain(digest)
})

test('a connection that stays is served by one process, /healthz on it too', async () => {
  const { port } = await started()
  const { line, ended } = lineTo(port)
  const asked = head('GET', '/').replace('Connection: close\r\n', '')
  line.write(asked)
  await once(line, 'data')
  line.write(asked)
  await once(line, 'data')
  line.write(head('GET', '/'))
  const pids = [...(await ended).matchAll(/\r\n\r\n(\d+)/g)].map(([, pid]) => pid)
  expect(pids).toHaveLength(3)
  expect(new Set(pids).size).toBe(1)
})

test('what a process was given and did not begin with before it died goes to another one', async () => {
  const { port, url } = await started()
  const [dying, other] = (await pidsAt(url)) as [number, number]
  process.kill(dying, 'SIGSTOP')
  const reads = [1, 2, 3, 4].map(() => pidAt(url))
  // Once the one that is stopped has been given one, the others are answered beside it.
  await expect.poll(async () => Promise.race([...reads])).toBe(other)
  process.kill(dying, 'SIGKILL')
  expect(await Promise.all(reads)).toEqual([other, other, other, other])
  expect(await pidAt(url)).toBeGreaterThan(0)

  // Something that must not be done twice is not.
  const [next] = (await pidsAt(url)).filter((pid) => pid !== other) as [number]
  process.kill(next, 'SIGSTOP')
  const posts = [1, 2].map(() => {
    const { line, ended } = lineTo(port)
    line.write(head('POST', '/', 'Content-Length: 0\r\n'))
    return ended
  })
  await Promise.race(posts)
  process.kill(next, 'SIGKILL')
  const answers = await Promise.all(posts)
  expect(answers.filter((answer) => answer === '')).toHaveLength(1)
})

test('a process that is gone when it is heard that it leaves takes nobody with it', async () => {
  const { port, url, child } = await started()
  const { line, ended } = lineTo(port)
  const kept = (path: string) => head('GET', path).replace('Connection: close\r\n', '')
  line.write(kept('/'))
  const [answer] = await once(line, 'data')
  const dying = Number(answer.split('\r\n\r\n')[1])
  // Given another one, it was heard to have taken the first: until then the supervisor keeps that open for the next.
  await expect.poll(() => pidAt(url)).toBe(dying)
  child.kill('SIGSTOP')
  line.write(kept('/vanish'))
  await ended
  child.kill('SIGCONT')
  expect(await pidAt(url)).toBeGreaterThan(0)
  expect((await pidsAt(url)).length, 'another one serves in its place').toBe(2)
})

test('who connects and goes, or says what makes no sense, harms nobody', async () => {
  const { port, url, stderr } = await started()
  const mute = lineTo(port)
  await once(mute.line, 'connect')
  mute.line.end()
  expect(await mute.ended).toBe('')

  const rude = lineTo(port)
  await once(rude.line, 'connect')
  rude.line.write(head('GET', '/'))
  rude.line.resetAndDestroy()
  await rude.ended

  const strange = lineTo(port)
  strange.line.write('\u0000\u0001 what is this\r\n\r\n')
  expect(await strange.ended).toContain('HTTP/1.1 400 Bad Request')

  expect((await pidsAt(url)).length).toBe(2)
  expect(stderr()).toBe('')
})
