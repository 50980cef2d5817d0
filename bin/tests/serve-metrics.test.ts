import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { Gate } from '../../db/gate'
import { observeRequests, serveMetrics } from '../serve/metrics.mjs'

const hooks = globalThis as unknown as Record<symbol, unknown>
const GATE = Symbol.for('brigade.gate')
const STREAMS = Symbol.for('brigade.streams')
const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
  delete hooks[GATE]
  delete hooks[STREAMS]
})

test('requests are measured by their route, waits for connections by whose turn it was, and walls by their lag', async () => {
  const gate = new Gate({ max: 1, queue: 5, waitMs: 10_000 })
  hooks[GATE] = {
    stats: () => gate.stats(),
    onAdmitted: (listener: NonNullable<Gate['onAdmitted']>) => {
      gate.onAdmitted = listener
    },
  }
  hooks[STREAMS] = { count: () => 3, lag: () => 4.5 }
  const observe = observeRequests(() => true)
  const answered = { id: 'x', method: 'GET', bytes: 1, queries: 1, gateMs: 0, isComplete: true }
  observe({ ...answered, route: '/menu/[id]', status: 200, ms: 30, isStream: false })
  observe({ ...answered, route: '/menu/[id]', status: 503, ms: 3, isStream: false })
  observe({ ...answered, route: '/api/kitchen/[restaurant]/events', status: 200, ms: 9e6, isStream: true })
  await gate.enter('kitchen')
  const waiting = gate.enter('later')
  gate.leave()
  await waiting

  const server = await serveMetrics(0)
  servers.push(server)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  const text = await (await fetch(url)).text()
  const figure = (line: string) =>
    new RegExp(`^${line.replaceAll(/[[\]{}/.]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]
  const requests = 'brigade_http_request_duration_seconds'
  expect(figure(`${requests}_count{route="/menu/[id]",status="2xx"}`)).toBe('1')
  expect(figure(`${requests}_count{route="/menu/[id]",status="5xx"}`)).toBe('1')
  expect(figure(`${requests}_bucket{le="0.025",route="/menu/[id]",status="2xx"}`)).toBe('0')
  expect(figure(`${requests}_bucket{le="0.05",route="/menu/[id]",status="2xx"}`)).toBe('1')
  expect(text).not.toContain('events')
  expect(figure('brigade_db_gate_wait_seconds_count{priority="kitchen"}')).toBe('1')
  expect(figure('brigade_db_gate_wait_seconds_count{priority="later"}')).toBe('1')
  expect(figure('brigade_db_gate_wait_seconds_bucket{le="0.002",priority="kitchen"}')).toBe('1')
  expect(figure('brigade_live_streams')).toBe('3')
  expect(figure('brigade_web_serving')).toBe('1')
  expect(figure('brigade_live_lag_seconds')).toBe('4.5')
})
