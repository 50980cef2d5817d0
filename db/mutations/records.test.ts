import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MenuItem } from '@/domain/menu-item'
import { keyText, type RecordKey } from '../records/kind'
import { type Documents, RECORDS } from '../records/kinds'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen } from '../testing/kitchen'
import { reserveId, saveRecord } from './records'

const database = testDatabase()
let admin: AdminScope

beforeAll(async () => {
  await addChain(database.db)
  await addKitchen(database.db)
  admin = await adminOf(database.db)
})

const chainKey = (id: number): RecordKey => ({ id, restaurantId: null })

async function readDish(id: number): Promise<MenuItem> {
  const doc = (await RECORDS.menu_item.read(database.db, [chainKey(id)], false)).get(String(id))
  if (!doc) throw new Error('There is no such dish.')
  return doc
}

async function newDish(name: string): Promise<{ key: RecordKey; doc: MenuItem }> {
  const key = chainKey(await reserveId(database.db, admin, 'menu_item'))
  const doc = { ...(await readDish(1)), name, isFeatured: false, photo: null }
  expect(await saveRecord(database.db, admin, 'menu_item', { key, base: null, doc })).toEqual({
    ok: true,
    key,
    changed: true,
  })
  return { key, doc }
}

const auditOf = (subject: string, id: number) =>
  database.db.execute<{ action: string; before: unknown; after: unknown; userId: number }>(sql`
    select action, before, after, user_id as "userId" from audit_log
    where subject = ${subject} and subject_id = ${String(id)} order by id`)

describe('saving a record', () => {
  test('makes a new one once, however often its form is sent, and says so in the audit', async () => {
    const { key, doc } = await newDish('Sent twice')
    expect(await saveRecord(database.db, admin, 'menu_item', { key, base: null, doc })).toEqual({
      ok: true,
      key,
      changed: false,
    })
    expect(await readDish(key.id)).toEqual(doc)
    expect(await auditOf('menu_item', key.id)).toEqual([
      { action: 'menu_item.created', before: null, after: doc, userId: admin.actor.userId },
    ])
  })

  test('of the same new record sent at the same moment makes one', async () => {
    const doc = { ...(await readDish(1)), name: 'Sent at once' }
    const key = chainKey(await reserveId(database.db, admin, 'menu_item'))
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => saveRecord(database.db, admin, 'menu_item', { key, base: null, doc })),
    )
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect((await auditOf('menu_item', key.id)).length).toBe(1)
  })

  test('under a number that was never given out is refused', async () => {
    const doc = await readDish(1)
    const key = chainKey(2_000_000_000)
    expect(await saveRecord(database.db, admin, 'menu_item', { key, base: null, doc })).toEqual({
      ok: false,
      reason: 'gone',
    })
  })

  test('records only the fields that changed', async () => {
    const { key, doc } = await newDish('Risotto')
    await saveRecord(database.db, admin, 'menu_item', {
      key,
      base: doc,
      doc: { ...doc, price: doc.price + 50 },
    })
    expect((await auditOf('menu_item', key.id)).at(-1)).toEqual({
      action: 'menu_item.changed',
      before: { price: doc.price },
      after: { price: doc.price + 50 },
      userId: admin.actor.userId,
    })
  })

  test('after somebody else saved first changes nothing and brings their version, and whose it is', async () => {
    const { key, doc } = await newDish('Contested')
    const theirs = { ...doc, price: doc.price + 100 }
    await saveRecord(database.db, admin, 'menu_item', { key, base: doc, doc: theirs })
    const mine = { ...doc, description: 'My words' }
    expect(await saveRecord(database.db, admin, 'menu_item', { key, base: doc, doc: mine })).toMatchObject({
      ok: false,
      reason: 'changed_meanwhile',
      theirs,
      last: { by: 'Somebody' },
    })
    expect(await readDish(key.id)).toEqual(theirs)
    const merged = { ...theirs, description: 'My words' }
    expect(
      await saveRecord(database.db, admin, 'menu_item', { key, base: theirs, doc: merged }),
    ).toMatchObject({
      ok: true,
    })
  })

  test('of two who save different things at once, one sees the other’s version', async () => {
    const { key, doc } = await newDish('Raced')
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        saveRecord(database.db, admin, 'menu_item', {
          key,
          base: doc,
          doc: { ...doc, price: doc.price + n },
        }),
      ),
    )
    expect(answers.filter(({ ok }) => ok).length).toBe(1)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'changed_meanwhile').length).toBe(3)
  })

  test('with a name that is taken or a reference that leads nowhere names the field', async () => {
    const [first, second] = await database.db.execute<{ id: number }>(sql`
      insert into categories (name) values ('Grains'), ('Roots') returning id`)
    const key = chainKey(second?.id ?? 0)
    const base = (await RECORDS.category.read(database.db, [key], false)).get(
      keyText(key),
    ) as Documents['category']
    const doc = { ...base, name: 'Grains' }
    expect(first).toBeDefined()
    expect(await saveRecord(database.db, admin, 'category', { key, base, doc })).toEqual({
      ok: false,
      field: 'name',
      reason: 'name_taken',
    })
    const dish = await readDish(1)
    expect(
      await saveRecord(database.db, admin, 'menu_item', {
        key: chainKey(1),
        base: dish,
        doc: { ...dish, recipeId: 999_999 },
      }),
    ).toEqual({ ok: false, field: 'recipeId', reason: 'unknown_reference' })
  })

  test('keeps a recipe’s lines and steps in the cook’s order', async () => {
    const lines = await database.db.execute<{ ingredientId: number }>(sql`
      select id as "ingredientId" from ingredients order by id desc limit 2`)
    const [chef] = await database.db.execute<{ id: number }>(sql`select id from chefs limit 1`)
    const key = chainKey(await reserveId(database.db, admin, 'recipe'))
    const doc: Documents['recipe'] = {
      title: 'Broth',
      cuisine: 'French',
      difficulty: 'medium',
      prepMinutes: 40,
      chefId: chef?.id ?? 0,
      calories: null,
      lines: lines.map(({ ingredientId }, n) => ({
        ingredientId,
        quantity: `${n + 1}.5`,
        notes: n ? 'chopped' : '',
      })),
      steps: ['Simmer.', 'Strain.'],
    }
    const read = async () => (await RECORDS.recipe.read(database.db, [key], false)).get(keyText(key))
    expect(await saveRecord(database.db, admin, 'recipe', { key, base: null, doc })).toMatchObject({
      ok: true,
    })
    expect(await read()).toEqual(doc)
    const turned = { ...doc, lines: [...doc.lines].reverse(), steps: [...doc.steps].reverse() }
    await saveRecord(database.db, admin, 'recipe', { key, base: doc, doc: turned })
    expect(await read()).toEqual(turned)
  })

  test('refuses another unit for an ingredient that stands on a card', async () => {
    const [used] = await database.db.execute<{ id: number }>(sql`
      select ingredient_id as id from recipe_ingredients limit 1`)
    const key = chainKey(used?.id ?? 0)
    const base = (await RECORDS.ingredient.read(database.db, [key], false)).get(
      keyText(key),
    ) as Documents['ingredient']
    const doc = { ...base, unit: base.unit === 'cups' ? ('pcs' as const) : ('cups' as const) }
    expect(await saveRecord(database.db, admin, 'ingredient', { key, base, doc })).toEqual({
      ok: false,
      field: 'unit',
      reason: 'unit_in_use',
    })
  })

  test('of a restaurant keeps the former slug, and tells its screens', async () => {
    const kitchen = await addKitchen(database.db)
    const key = chainKey(kitchen.restaurant.id)
    const read = async () =>
      (await RECORDS.restaurant.read(database.db, [key], false)).get(keyText(key)) as Documents['restaurant']
    const base = await read()
    const doc = {
      ...base,
      slug: `${base.slug}-anew`,
      channelAges: { ...base.channelAges, delivery: { amber: 7, red: 20 } },
    }
    expect(await saveRecord(database.db, admin, 'restaurant', { key, base, doc })).toMatchObject({ ok: true })
    expect(await read()).toEqual(doc)
    const [row] = await database.db.execute<{ slug: string; seq: string }>(sql`
      select s.slug, f.seq from former_slugs s join kitchen_feed f using (restaurant_id)
      where restaurant_id = ${key.id}`)
    expect(row).toEqual({ slug: base.slug, seq: expect.anything() })
  })
})
