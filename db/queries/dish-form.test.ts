import { beforeAll, expect, test } from 'vitest'
import { discardChangeSet, saveDraft } from '../mutations/drafts'
import { reserveId } from '../mutations/records'
import type { Documents } from '../records/kinds'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain } from '../testing/kitchen'
import { chainKey, draftEdit, draftNew, newChangeSet, readRecord } from '../testing/menu'
import { getDishSurroundings, getRecipeFacts, listDraftedRecipes } from './dish-form'

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

test('a change set offers the categories that it makes, and suggests the cards that it makes or renames', async () => {
  const set = await newChangeSet(database.db, admin, 'Offers')
  await draftNew(database.db, admin, set, 'category', {
    name: 'First of all',
    description: '',
    isActive: true,
    sortOrder: -1,
  })
  const live = (await readRecord(database.db, admin, 'recipe', chainKey(1))) as Documents['recipe']
  const made = await draftNew(database.db, admin, set, 'recipe', { ...live, title: 'Crème brûlée' })
  await draftEdit(database.db, admin, set, 'recipe', chainKey(1), { title: 'Cream burnt' })
  const offered = async (id: number | null) =>
    (await getDishSurroundings(database.db, admin, 1, id)).categories.map((each) => each.name)
  expect((await offered(set))[0]).toBe('First of all')
  expect(await offered(null)).not.toContain('First of all')

  const suggested = (words: string) => listDraftedRecipes(database.db, admin, { words, changeSetId: set })
  expect(await suggested('brulee  CREM')).toEqual([{ id: made.id, title: 'Crème brûlée' }])
  expect(await suggested('burnt')).toEqual([{ id: 1, title: 'Cream burnt' }])
  expect(await suggested('brulee soup')).toEqual([])
  await discardChangeSet(database.db, admin, { changeSetId: set })
  expect(await suggested('burnt')).toEqual([])
  expect((await offered(set)).length).toBe((await offered(null)).length)
})
