import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { listen } from '../serve/listen.mjs'
import { stopGracefully } from '../serve/stop.mjs'

const STREAMS = Symbol.for('brigade.streams')
const holder = globalThis as unknown as Record<symbol, unknown>

afterEach(() => {
  delete holder[STREAMS]
})

test('a server that stops ends its live streams, and does not wait for them', async () => {
  const open = new Set<ServerResponse>()
  holder[STREAMS] = {
    close: () => {
      for (const stream of open) stream.end('goodbye')
    },
  }
  const server = createServer((_request, response) => {
    response.write('hello ')
    open.add(response)
  })
  const door = await listen(server, { host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  const text = answer.text()
  // Without a word to the streams this takes until the deadline, which cuts them off.
  await stopGracefully(server, door)
  expect(await text).toBe('hello goodbye')
})

test('who has a connection to a server that stops is answered on it once more, and told that it ends', async () => {
  const server = createServer((_request, response) => response.end('served'))
  const door = await listen(server, { host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = async () => {
    const [answer] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    return answer.headers.connection
  }
  expect(await ask()).toBe('keep-alive')
  // Now the connection is idle.
  const stopped = stopGracefully(server, door)
  expect(await ask()).toBe('close')
  await stopped
  await expect(ask()).rejects.toThrow('ECONNREFUSED')
})

test('who asked while a server that stops was too busy to hear it is answered', async () => {
  const server = createServer((_request, response) => response.end('served'))
  const door = await listen(server, { host: '127.0.0.1', port: 0 })
  const line = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const heard: string[] = []
  line.on('data', (bytes) => heard.push(String(bytes).slice(0, 15)))
  line.on('error', (error) => heard.push(String(error)))
  const ask = () => line.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
  ask()
  await vi.waitFor(() => expect(heard).toEqual(['HTTP/1.1 200 OK']))
  const stopped = stopGracefully(server, door)
  const beBusyAndAsk = () => {
    // Until after idle connections are due to be closed; timers come before what is to be read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    ask()
  }
  setTimeout(() => setImmediate(beBusyAndAsk), 1050)
  await stopped
  await vi.waitFor(() => expect(heard).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']))
})
