import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { oneATurn } from '../serve/one-a-turn.mjs'

const turn = () => new Promise((resolve) => setImmediate(resolve))

let clock = 0
beforeEach(() => {
  clock = 1000
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})
afterEach(() => vi.restoreAllMocks())

test('requests that come together begin one in a turn of the event loop', async () => {
  const begin = oneATurn(new EventEmitter())
  const begun: number[] = []
  let turns = 0
  for (let request = 0; request < 3; request++) begin(() => begun.push(turns))
  for (; begun.length < 3; turns++) await turn()
  expect(new Set(begun).size).toBe(3)
})

test('nothing begins while connections arrive', async () => {
  const server = new EventEmitter()
  const begin = oneATurn(server)
  const begun: string[] = []
  server.emit('connection')
  begin(() => begun.push('first'))
  for (let more = 0; more < 5; more++) {
    await turn()
    clock += 1
    server.emit('connection')
  }
  expect(begun).toEqual([])
  clock += 2
  await vi.waitFor(() => expect(begun).toEqual(['first']))
})

test('who never stops coming holds up nobody for long', async () => {
  const server = new EventEmitter()
  const begin = oneATurn(server)
  const begun: string[] = []
  server.emit('connection')
  begin(() => begun.push('first'))
  for (let ms = 0; begun.length === 0; ms++) {
    expect(ms).toBeLessThan(1000)
    await turn()
    clock += 1
    server.emit('connection')
  }
  expect(begun).toEqual(['first'])
})

test('with nobody else about, a request begins in the turn in which it came', async () => {
  const begin = oneATurn(new EventEmitter())
  const order: string[] = []
  const next = turn().then(() => order.push('next turn'))
  begin(() => order.push('begun'))
  await next
  expect(order).toEqual(['begun', 'next turn'])
})
