import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  const text = answer.text()
  // Without a word to the streams this takes until the deadline, which cuts them off.
  await stopGracefully(server)
  expect(await text).toBe('hello goodbye')
})
