import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { openSession } from '@/db/client'
import { GATE_CHANNEL, gateNotice, readGateNotice } from '@/db/gate-notices'
import { testDatabase } from '@/db/testing/database'
import { gateNotices } from './gate-notices'

const held = testDatabase('migrated', { max: 1 })

test('a process whose requests wait for a connection says so, over a connection that is none of the pool’s', async () => {
  const listener = await openSession(held.url)
  const heard: string[] = []
  await listener.listen(GATE_CHANNEL, (payload) => heard.push(payload))
  const speaker = await openSession(held.url)
  await gateNotices(held.db.gate, 'web:1').onConnect(speaker, 0)

  let letGo = () => {}
  const holding = held.db.transaction(() => new Promise<void>((resolve) => (letGo = resolve)))
  const queued = held.db.execute(sql`select 1`).then()
  await vi.waitFor(() => expect(heard).not.toEqual([]), 10_000)
  letGo()
  await Promise.all([holding, queued])

  expect(readGateNotice(heard[0] ?? '')).toEqual({ process: 'web:1', waitMs: 0, waiting: 1, refused: 0 })
  await vi.waitFor(() => expect(readGateNotice(heard.at(-1) ?? '')?.waitMs).toBeGreaterThan(0), 10_000)
  await Promise.all([speaker.close(), listener.close()])
})

test('of a second in which nobody waited there is nothing to say', () => {
  const stats = held.db.gate.stats()
  expect(gateNotice('web:1', stats, { ...stats, admitted: stats.admitted + 100 })).toBeNull()
  const busy = {
    ...stats,
    admitted: stats.admitted + 4,
    waitedMs: stats.waitedMs + 100,
    refused: stats.refused + 1,
  }
  expect(gateNotice('web:1', stats, busy)).toMatchObject({ waitMs: 25, refused: 1 })
})

test('what others send on the channel is no notice', () => {
  expect(readGateNotice('')).toBeNull()
  expect(readGateNotice('{"process":1}')).toBeNull()
})
