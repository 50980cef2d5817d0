import { beforeAll, expect, test } from 'vitest'
import { saveDraft } from '../mutations/drafts'
import { reserveId } from '../mutations/records'
import type { Documents } from '../records/kinds'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain } from '../testing/kitchen'
import { chainKey, newChangeSet, readRecord } from '../testing/menu'
import { getRecipeFacts } from './dish-form'

const database = testDatabase()
let admin: AdminScope

beforeAll(async () => {
  await addChain(database.db)
  admin = await adminOf(database.db)
})

const factsOf = (id: number, changeSetId: number | null) =>
  getRecipeFacts(database.db, admin, id, changeSetId)

test('a card that exists in a change set only costs and contains what a live one with its lines does', async () => {
  const set = await newChangeSet(database.db, admin, 'Cards')
  const live = (await readRecord(database.db, admin, 'recipe', chainKey(1))) as Documents['recipe']
  const facts = await factsOf(1, null)
  expect(facts?.cost).toMatch(/^\d+(\.\d+)?$/)
  const id = await reserveId(database.db, admin, 'recipe')
  const doc = { ...live, title: 'Only here' }
  await saveDraft(database.db, admin, 'recipe', { changeSetId: set, key: chainKey(id), base: null, doc })
  expect(await factsOf(id, set)).toEqual({ ...facts, id, title: 'Only here' })
  expect(await factsOf(id, null)).toBeNull()
})

test('a live card is shown as the change set makes it there, and as it is elsewhere', async () => {
  const set = await newChangeSet(database.db, admin, 'Shorter')
  const live = (await readRecord(database.db, admin, 'recipe', chainKey(1))) as Documents['recipe']
  const doc = { ...live, lines: live.lines.slice(0, 1) }
  await saveDraft(database.db, admin, 'recipe', { changeSetId: set, key: chainKey(1), base: live, doc })
  expect((await factsOf(1, set))?.lines).toBe(1)
  expect((await factsOf(1, null))?.lines).toBe(live.lines.length)
  expect(live.lines.length).toBeGreaterThan(1)
})
