import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import {
  chainKey,
  draftEdit,
  draftNew,
  liveEdit,
  newChangeSet,
  newDish,
  overrideKey,
  readRecord,
} from '../testing/menu'
import { eightySix } from './menu'
import { publishChangeSet } from './publish'
import { decision, undoChange, undoPublication } from './undo'

const database = testDatabase()
let admin: AdminScope
let nord: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  nord = await addKitchen(database.db)
  admin = await adminOf(database.db)
})

let sets = 0
const dishOf = (key: ReturnType<typeof chainKey>) => readRecord(database.db, admin, 'menu_item', key)
const overrideOf = ({ id }: { id: number }) =>
  readRecord(database.db, admin, 'menu_override', overrideKey(id, nord.restaurant.id))
const undo = (publicationId: number) => undoPublication(database.db, admin, { publicationId })

/** A publication that made a dish 12.00 instead of 10.00 and gave it words, with an override. */
async function published() {
  const set = await newChangeSet(database.db, admin, `Set ${++sets}`)
  const key = await newDish(database.db, admin, { price: 1000 })
  await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, description: 'New words' })
  await draftEdit(database.db, admin, set, 'menu_override', overrideKey(key.id, nord.restaurant.id), {
    price: 1350,
  })
  return { key, publicationId: await publish(set) }
}

async function publish(changeSetId: number): Promise<number> {
  const answer = await publishChangeSet(database.db, admin, { changeSetId, restaurantIds: null })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.publicationId
}

describe('undoing a publication', () => {
  test('makes everything what it was, and an 86 since stays', async () => {
    const { key, publicationId } = await published()
    await eightySix(database.db, nord, { menuItemId: key.id, until: null })
    expect(await undo(publicationId)).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ price: 1000, description: '' })
    expect(await overrideOf(key)).toEqual({ price: null, isAvailable: null })
    const [row] = await database.db.execute(sql`
      select eighty_six_until::text as until from menu_overrides where menu_item_id = ${key.id}`)
    expect(row).toEqual({ until: 'infinity' })
  })

  test('happens once, also when two press at once', async () => {
    const { publicationId } = await published()
    const answers = await Promise.all([undo(publicationId), undo(publicationId), undo(publicationId)])
    expect(answers.filter(({ ok }) => ok).length).toBe(1)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'already_undone').length).toBe(2)
    expect(await undo(publicationId)).toEqual({ ok: false, reason: 'already_undone' })
  })

  test('can itself be undone', async () => {
    const { key, publicationId } = await published()
    const back = await undo(publicationId)
    if (!back.ok) throw new Error(back.reason)
    expect(await undo(back.publicationId)).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ price: 1200, description: 'New words' })
    expect(await overrideOf(key)).toEqual({ price: 1350, isAvailable: null })
  })

  test('keeps later edits of other fields', async () => {
    const { key, publicationId } = await published()
    await liveEdit(database.db, admin, 'menu_item', key, { prepMinutes: 44 })
    expect(await undo(publicationId)).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ price: 1000, prepMinutes: 44 })
  })

  test('stops where a field was changed since, until somebody has decided on each', async () => {
    const { key, publicationId } = await published()
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1300 })
    const stopped = await undo(publicationId)
    expect(stopped).toMatchObject({
      ok: false,
      reason: 'conflicts',
      conflicts: [{ subject: 'menu_item', key, field: 'price', base: 1200, theirs: 1300, mine: 1000 }],
    })
    expect(await dishOf(key)).toMatchObject({ price: 1300, description: 'New words' })
    if (stopped.ok || stopped.reason !== 'conflicts') throw new Error('It was a conflict.')
    const decisions = stopped.conflicts.map((conflict) => decision(conflict, 'keep'))
    expect(await undoPublication(database.db, admin, { publicationId, decisions })).toMatchObject({
      ok: true,
    })
    expect(await dishOf(key)).toMatchObject({ price: 1300, description: '' })
  })

  test('overwrites what was seen when that was decided, and nothing that came later', async () => {
    const { key, publicationId } = await published()
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1300 })
    const stopped = await undo(publicationId)
    if (stopped.ok || stopped.reason !== 'conflicts') throw new Error('It was a conflict.')
    const decisions = stopped.conflicts.map((conflict) => decision(conflict, 'undo'))
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1400 })
    expect(await undoPublication(database.db, admin, { publicationId, decisions })).toMatchObject({
      ok: false,
      conflicts: [{ field: 'price', theirs: 1400 }],
    })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1300 })
    expect(await undoPublication(database.db, admin, { publicationId, decisions })).toMatchObject({
      ok: true,
    })
    expect(await dishOf(key)).toMatchObject({ price: 1000 })
  })

  test('of a new dish takes it off the menu, whatever was done to it since', async () => {
    const set = await newChangeSet(database.db, admin, `Set ${++sets}`)
    const key = await draftNew(database.db, admin, set, 'menu_item', {
      ...(await dishOf(chainKey(1))),
      name: 'Short-lived',
    })
    const publicationId = await publish(set)
    await liveEdit(database.db, admin, 'menu_item', key, { price: 77 })
    const back = await undo(publicationId)
    expect(back).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ name: 'Short-lived', price: 77, isAvailable: false })
    if (back.ok) await undo(back.publicationId)
    expect(await dishOf(key)).toMatchObject({ price: 77, isAvailable: true })
  })

  test('that never was, or has nothing left to take back, says so', async () => {
    expect(await undo(999_999)).toEqual({ ok: false, reason: 'gone' })
    const { key, publicationId } = await published()
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1000, description: '' })
    await liveEdit(database.db, admin, 'menu_override', overrideKey(key.id, nord.restaurant.id), {
      price: null,
    })
    expect(await undo(publicationId)).toEqual({ ok: false, reason: 'nothing_to_publish' })
  })
})

describe('undoing one line of the audit', () => {
  const lastLine = async (key: { id: number }) =>
    (
      await database.db.execute<{ id: number }>(sql`
        select id::int from audit_log where subject = 'menu_item' and subject_id = ${String(key.id)}
        order by audit_log.id desc limit 1`)
    )[0]?.id ?? 0

  test('makes that change undone, and shows what would be overwritten', async () => {
    const key = await newDish(database.db, admin, { price: 1000 })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1100 })
    const auditId = await lastLine(key)
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1200 })
    expect(await undoChange(database.db, admin, { auditId })).toMatchObject({
      reason: 'conflicts',
      conflicts: [{ field: 'price', theirs: 1200, mine: 1000 }],
    })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1100 })
    expect(await undoChange(database.db, admin, { auditId })).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ price: 1000 })
  })

  test('is refused for what is no change of the menu', async () => {
    await eightySix(database.db, nord, { menuItemId: 1, until: null })
    expect(await undoChange(database.db, admin, { auditId: await lastLine({ id: 1 }) })).toEqual({
      ok: false,
      reason: 'gone',
    })
  })
})
