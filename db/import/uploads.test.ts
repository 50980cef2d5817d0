import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import type { SheetKind } from '@/domain/sheet'
import { purgeImportRows } from '../jobs/purge-imports'
import { beginTaking, createImport } from '../mutations/imports'
import { undoPublication } from '../mutations/undo'
import { getImport, listImportRows, listRefusedRows } from '../queries/imports'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { checkImport } from './check'
import { takeImport } from './take'

const held = testDatabase()
let scope: AdminScope
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brigade-upload-test-'))
  scope = await adminOf(held.db)
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await held.db.execute(sql`
    truncate menu_items, categories, recipes, chefs, ingredients, suppliers, recipe_imports, imports, import_rows,
      publications, audit_log restart identity cascade`)
  await held.db.execute(sql`insert into categories (name) values ('Mains'), ('Desserts')`)
  await held.db.execute(sql`
    insert into suppliers (name, contact_person, phone, email, address) values ('Dairy North', '', '', '', '')`)
})

const rows = (query: string) => held.db.execute<Record<string, unknown>>(sql.raw(query))

/** Uploads a file and checks it; returns the import's number. */
async function check(kind: SheetKind, text: string, batchSize = 1000): Promise<number> {
  const file = join(folder, 'file.csv')
  await writeFile(file, text)
  const importId = await createImport(held.db, scope, {
    ...{ kind, fileName: 'file.csv', bytes: (await stat(file)).size, contentHash: 'of the test' },
  })
  const options = { importId, file, currency: 'EUR', lockUrl: held.url, batchSize }
  expect(await checkImport(held.db, scope, options)).toBe(true)
  return importId
}

async function take(importId: number, batchSize = 1000) {
  await beginTaking(held.db, scope, { importId })
  await takeImport(held.db, scope, { importId, lockUrl: held.url, batchSize })
  return getImport(held.db, scope, importId)
}

const verdictsOf = async (importId: number) =>
  (await listImportRows(held.db, scope, { importId, verdict: null, after: 0, limit: 1000 })).rows.map(
    ({ row, verdict, reason }) => [row, verdict, ...(reason ? [reason] : [])],
  )

const DISHES = 'name,price,category,station,prep_minutes,calories'

describe('a check', () => {
  test('says of each row what would be added, changed and refused, and writes nothing', async () => {
    await rows(`insert into menu_items (name, description, price, category_id, preparation_time, station)
      values ('Soup', '', 800, 1, 10, 'cold'), ('Twin', '', 800, 1, 10, 'cold'), ('Twin', '', 900, 1, 10, 'cold')`)
    const before = await rows('select *, xmin::text from menu_items order by id')
    const importId = await check(
      'menu_item',
      [
        `\ufeff${DISHES}`,
        'Sole,"€ 18,50",MAINS,saute,14,',
        'SOUP,8.00,Mains,cold,10,',
        'soup,9,Mains,cold,10,',
        '',
        'Cake,abc,Desserts,pastry,5,',
        'Cake,5,Pudding,pastry,5,',
        'Cake,5,Desserts,pastry,5',
        'Twin,5,Desserts,pastry,5,',
        ',5,Desserts,pastry,5,',
        'sole,3,Mains,bar,1,',
        'Tea,3,,bar,1,',
      ].join('\n'),
      4,
    )
    expect(await verdictsOf(importId)).toEqual([
      [2, 'added'],
      [3, 'changed'],
      [4, 'refused', 'row 3 is about the same: keep one of them'],
      [6, 'refused', 'price is no price, such as 18.50'],
      [7, 'refused', 'category: there is no category "Pudding"'],
      [8, 'refused', 'the row has 5 cells, and the header names 6'],
      [9, 'refused', 'several have this name: write in the column id which one it is (2, 3)'],
      [10, 'refused', 'name is missing'],
      [11, 'refused', 'row 2 is about the same: keep one of them'],
      [12, 'refused', 'category is missing, and something new needs it'],
    ])
    const { rows: changed } = await listImportRows(held.db, scope, {
      importId,
      verdict: 'changed',
      after: 0,
      limit: 9,
    })
    expect(changed).toMatchObject([{ subjectId: 1, before: { name: 'Soup' }, after: { name: 'SOUP' } }])
    expect(await getImport(held.db, scope, importId)).toMatchObject({
      ...{ state: 'checked', added: 1, changed: 1, same: 0, refused: 8, isRunning: false },
    })
    expect(await rows('select *, xmin::text from menu_items order by id')).toEqual(before)
  })

  test('reads units, money, days and lists as people write them, and semicolons', async () => {
    const importId = await check(
      'ingredient',
      [
        'name;unit;unit_price;supplier;pack_size;minimum;allergens;from_animals',
        'Butter;Kilogram;9,8025;dairy north;500 g;2,5 kg;milk | nuts;Dairy',
        'Oil;l;1;Dairy North;1 kg;1;;none',
        'Sauce;l;1;Dairy North;1;1;;',
        'Salt;g;1;Dairy North;1;1;;None',
        'Gelato;l;1;Dairy North;1;1;milk;cow',
      ].join('\n'),
    )
    expect(await verdictsOf(importId)).toEqual([
      [2, 'added'],
      [3, 'refused', 'pack_size can’t be told in l'],
      [4, 'added'],
      [5, 'added'],
      [6, 'refused', expect.stringMatching(/^from_animals has a word that is none of meat, /)],
    ])
    await take(importId)
    expect(
      await rows(
        "select name, unit, unit_price::float8, pack_size::float8, minimum::float8, allergens from ingredients where name = 'Butter'",
      ),
    ).toEqual([
      {
        name: 'Butter',
        unit: 'kg',
        unit_price: 980.25,
        pack_size: 0.5,
        minimum: 2.5,
        allergens: ['milk', 'nuts'],
      },
    ])
    expect(await rows('select name, animal_sources as is from ingredients order by name')).toEqual([
      { name: 'Butter', is: ['dairy'] },
      { name: 'Salt', is: [] },
      { name: 'Sauce', is: null },
    ])
    const days = await check('supplier', 'name,order_days,rating\nFarm,"Fri, Monday",9\nMill,Fri Mon,3')
    expect(await verdictsOf(days)).toEqual([
      [2, 'refused', expect.stringContaining('rating')],
      [3, 'added'],
    ])
  })

  test('says why a file can’t be read, and keeps what came before', async () => {
    expect(await getImport(held.db, scope, await check('supplier', 'nom,prix\na,b'))).toMatchObject({
      state: 'unreadable',
      problem: expect.stringContaining('name or id'),
    })
    const broken = await check('supplier', 'name\nMill\n"Farm', 1)
    expect(await getImport(held.db, scope, broken)).toMatchObject({ state: 'unreadable', added: 1 })
    expect(await getImport(held.db, scope, await check('supplier', ''))).toMatchObject({
      state: 'unreadable',
    })
    expect(await verdictsOf(await check('supplier', 'name\nA\0B'))).toEqual([
      [2, 'refused', expect.stringContaining('NUL')],
    ])
  })
})

describe('taking the good rows', () => {
  const dishes = (count: number, price = 1000) =>
    [
      DISHES,
      ...Array.from(
        { length: count },
        (_, n) => `Dish ${n},${n % 10 === 3 ? 'free' : price / 100},Mains,grill,9,`,
      ),
    ].join('\n')

  test('writes them once, as one publication that is undone in one go; and the same file again changes nothing', async () => {
    const first = await take(await check('menu_item', dishes(250)), 40)
    expect(first).toMatchObject({ state: 'taken', added: 225, takenAdded: 225, changed: 0, refused: 25 })
    expect(await rows('select count(*)::int as n from menu_items')).toEqual([{ n: 225 }])
    expect(
      await rows(`select count(*)::int as n, count(distinct publication_id)::int as p from audit_log
      where action = 'menu_item.created'`),
    ).toEqual([{ n: 225, p: 1 }])

    const again = await getImport(held.db, scope, await check('menu_item', dishes(250)))
    expect(again).toMatchObject({ added: 0, changed: 0, same: 225, refused: 25 })
    const dearer = await take(await check('menu_item', dishes(250, 1200)), 40)
    expect(dearer).toMatchObject({ takenChanged: 225, refused: 25 })
    expect(await rows('select distinct price from menu_items')).toEqual([{ price: 1200 }])

    const undone = await undoPublication(held.db, scope, { publicationId: dearer?.publicationId ?? 0 })
    expect(undone).toMatchObject({ ok: true })
    expect(await rows('select distinct price from menu_items')).toEqual([{ price: 1000 }])
  })

  test('of ingredients or suppliers is taken back in one go as well, what it added by putting it out of use', async () => {
    const supplied = await take(await check('supplier', 'name,phone\nDairy North,030 1\nVerde,030 2'))
    expect(supplied).toMatchObject({ takenAdded: 1, takenChanged: 1, isUndone: false })
    const undo = (publicationId: number | null | undefined, how = {}) =>
      undoPublication(held.db, scope, { publicationId: publicationId ?? 0, ...how })
    const suppliers = () => rows('select name, phone, is_active as on from suppliers order by name')
    const back = await undo(supplied?.publicationId)
    expect(back).toMatchObject({ ok: true })
    expect(await suppliers()).toEqual([
      { name: 'Dairy North', phone: '', on: true },
      { name: 'Verde', phone: '030 2', on: false },
    ])
    // Its page leads back again, and then forth.
    const undone = await getImport(held.db, scope, supplied?.id ?? 0)
    expect(undone).toMatchObject({ isUndone: true, publicationId: back.ok && back.publicationId })
    expect(await undo(undone?.publicationId)).toMatchObject({ ok: true })
    expect(await getImport(held.db, scope, supplied?.id ?? 0)).toMatchObject({ isUndone: false })

    await rows(`update suppliers set phone = '030 9' where name = 'Dairy North'`)
    const again = (await getImport(held.db, scope, supplied?.id ?? 0))?.publicationId
    expect(await undo(again)).toMatchObject({
      reason: 'conflicts',
      conflicts: [{ subject: 'supplier', field: 'phone', theirs: '030 9', mine: '' }],
    })
    expect(await undo(again, { keepOthers: true })).toMatchObject({ ok: true })
    expect(await suppliers()).toMatchObject([{ phone: '030 9' }, { name: 'Verde', on: false }])
  })

  test('is not undone while it is being taken', async () => {
    const importId = await check('menu_item', dishes(50))
    const taken = await take(importId)
    await rows(`update imports set state = 'taking'`)
    const answer = await undoPublication(held.db, scope, { publicationId: taken?.publicationId ?? 0 })
    expect(answer).toEqual({ ok: false, reason: 'under_way' })
    expect(await rows('select count(*)::int as n from menu_items where is_available')).toEqual([{ n: 45 }])
  })

  test('is too late once its rows are past their keep, which are deleted in batches', async () => {
    const [old, young] = [await check('menu_item', dishes(30)), await check('menu_item', dishes(30))]
    await rows(`update imports set created_at = now() - interval '91 days' where id = ${old}`)
    expect(await take(old)).toMatchObject({ state: 'checked', areRowsGone: true })
    const purge = (options = {}) => purgeImportRows(held.db, systemScope(), { batchSize: 8, ...options })
    expect(await purge({ dryRun: true })).toBe(30)
    expect(await purge()).toBe(30)
    expect([(await verdictsOf(old)).length, (await verdictsOf(young)).length]).toEqual([0, 30])
    expect(await getImport(held.db, scope, old)).toMatchObject({ added: 27, refused: 3 })
    expect(await take(young)).toMatchObject({ state: 'taken', areRowsGone: false })
  })

  test('refuses alone what somebody changed, named or took away since the check', async () => {
    await rows(`insert into menu_items (name, description, price, category_id, preparation_time, station)
      values ('Soup', '', 800, 1, 10, 'cold'), ('Stew', '', 800, 1, 10, 'cold')`)
    await rows(`insert into categories (name) values ('Gone')`)
    const importId = await check(
      'menu_item',
      `${DISHES}\nSoup,9,Mains,cold,10,\nStew,9,Mains,cold,10,\nSole,9,Mains,cold,10,\nCake,9,Gone,cold,10,\nPie,9,Mains,cold,10,`,
    )
    await rows(`update menu_items set price = 850 where name = 'Soup'`)
    await rows(`update menu_items set description = 'Hot' where name = 'Stew'`)
    await rows(`insert into menu_items (name, description, price, category_id, preparation_time, station)
      values ('SOLE', '', 1, 1, 1, 'cold')`)
    await rows(`delete from categories where name = 'Gone'`)
    expect(await take(importId)).toMatchObject({ takenAdded: 1, takenChanged: 1, refused: 3, state: 'taken' })
    expect(await rows('select name, price, description from menu_items order by name')).toEqual([
      { name: 'Pie', price: 900, description: '' },
      { name: 'SOLE', price: 1, description: '' },
      { name: 'Soup', price: 850, description: '' },
      { name: 'Stew', price: 900, description: 'Hot' },
    ])
    const refused = await listRefusedRows(held.db, scope, { importId, after: 0, limit: 9 })
    expect(refused?.rows.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'somebody changed price since the check: import the row again'],
      [4, 'somebody added one of this name since the check: import the row again'],
      [5, 'categoryId: is not there any more'],
    ])
  })

  test('takes recipes through the book, and says what changes on a card', async () => {
    const header = 'title,cuisine,prep_time,chef,chef_experience,ingredients,method'
    const first = await check(
      'recipe',
      `${header}\nBread,German,90,Baker,9,500 g Flour | 1 pcs Egg; beaten,Bake.\nBad,German,soon,Baker,9,1 g Flour,`,
    )
    expect(await verdictsOf(first)).toEqual([
      [2, 'added'],
      [3, 'refused', expect.stringContaining('prep_time')],
    ])
    expect(await take(first)).toMatchObject({ state: 'taken', takenAdded: 1, refused: 1 })
    const second = await check(
      'recipe',
      `${header}\nBread,German,95,Baker,9,600 g Flour | 1 pcs Egg; beaten,Bake.`,
    )
    const { rows: changed } = await listImportRows(held.db, scope, {
      importId: second,
      verdict: 'changed',
      after: 0,
      limit: 9,
    })
    expect(changed).toMatchObject([
      {
        before: { prepMinutes: 90, lines: ['500 g Flour', '1 pcs Egg; beaten'] },
        after: { prepMinutes: 95, lines: ['600 g Flour', '1 pcs Egg; beaten'] },
      },
    ])
    expect(await take(second)).toMatchObject({ takenChanged: 1, takenAdded: 0, refused: 0 })
    expect(await rows('select prep_time from recipes')).toEqual([{ prep_time: 95 }])
  })

  test('goes on where it was killed, at any moment: every row is in once, and the counts add up', async () => {
    const importId = await check('menu_item', dishes(500))
    await beginTaking(held.db, scope, { importId })
    const args = [
      '--import',
      'tsx',
      'db/testing/take-import-child.ts',
      held.url,
      String(importId),
      String(scope.actor.userId),
    ]
    for (const mark of [80, 200, 320]) {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await reaches(child, mark)
      child.kill('SIGKILL')
      await once(child, 'close')
      const [state] = await rows(
        `select taken_added, (select count(*)::int from menu_items) as n from imports`,
      )
      expect(state?.taken_added).toBe(state?.n)
    }
    while (!(await takeImport(held.db, scope, { importId, lockUrl: held.url, batchSize: 40 }))) {
      // The killed process's lock ends with its connection, of which the server learns in its own time.
    }
    expect(await getImport(held.db, scope, importId)).toMatchObject({
      state: 'taken',
      takenAdded: 450,
      refused: 50,
    })
    expect(
      await rows('select count(*)::int as n, count(distinct name)::int as names from menu_items'),
    ).toEqual([{ n: 450, names: 450 }])
    expect(await rows('select count(distinct publication_id)::int as n from audit_log')).toEqual([{ n: 1 }])
  })
})

/** Waits until a child has said that so many rows are in. */
async function reaches(child: ChildProcess, mark: number): Promise<void> {
  for await (const text of child.stdout?.setEncoding('utf8') ?? []) {
    if (
      String(text)
        .trim()
        .split('\n')
        .some((line) => Number(line) >= mark)
    )
      return
  }
}
