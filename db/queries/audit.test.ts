import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ChainScope, chainScope } from '@/domain/scope'
import { recordAudit } from '../mutations/audit'
import { testDatabase } from '../testing/database'
import { addSession, addUser } from '../testing/people'
import { findPerson } from './access'
import { type AuditFilter, listAudit, listPriceHistory } from './audit'

const held = testDatabase()
let scope: ChainScope<'audit:read'>
let prices: ChainScope<'stock:read'>
let ann: number
let bob: number

beforeAll(async () => {
  ann = await addUser(held.db, { role: 'admin', email: 'ann@example.com' })
  bob = await addUser(held.db, { role: 'admin', email: 'bob@example.com' })
  const person = (await findPerson(held.db, await addSession(held.db, ann))) ?? expect.fail()
  scope = chainScope(person, 'audit:read') ?? expect.fail()
  prices = chainScope(person, 'stock:read') ?? expect.fail()
  await held.db.execute(sql`insert into suppliers (id, name, contact_person, phone, email, address)
    overriding system value values (1, 'Farm', '', '', '', '')`)
  await held.db.execute(sql`
    insert into ingredients (id, name, unit, unit_price, supplier_id, created_at) overriding system value
    values (7, 'Crème fraîche', 'kg', 300, 1, '2026-01-01T00:00:00Z'), (8, 'Salt', 'kg', 20, 1, '2026-01-01T00:00:00Z')`)
})
beforeEach(() => held.db.execute(sql`truncate audit_log restart identity`))

const changed = (userId: number | null, id: number, before: object | null, after: object) =>
  recordAudit(held.db, {
    userId,
    restaurantId: null,
    action: before ? 'ingredient.changed' : 'ingredient.created',
    subject: 'ingredient',
    subjectId: String(id),
    before,
    after,
  })

const list = (filter: Partial<AuditFilter & { before: number | null; limit: number }> = {}) =>
  listAudit(held.db, scope, {
    ...{
      person: '',
      subject: null,
      subjectId: null,
      thing: '',
      from: null,
      to: null,
      before: null,
      limit: 50,
    },
    ...filter,
  })
const idsOf = async (filter: Parameters<typeof list>[0] = {}) =>
  (await list(filter)).lines.map(({ id }) => id)

describe('the audit', () => {
  test('pages through every line once, newest first, also where many were written in one moment', async () => {
    await held.db.execute(sql`
      insert into audit_log (user_id, action, subject, subject_id, created_at)
      select ${ann}, 'ingredient.changed', 'ingredient', '7', '2026-01-01T00:00:00Z'::timestamptz + (n / 7) * interval '1 hour'
      from generate_series(1, 60) n`)
    const seen: number[] = []
    let before: number | null = null
    do {
      const page = await list({ before, limit: 11 })
      seen.push(...page.lines.map(({ id }) => id))
      before = page.next
    } while (before !== null)
    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => 60 - n))
  })

  test('is found by who did it, by what it was done to, and by when', async () => {
    await changed(ann, 7, { unitPrice: '1' }, { unitPrice: '2' })
    await changed(bob, 8, { unitPrice: '1' }, { unitPrice: '2' })
    await changed(null, 8, null, { unitPrice: '1' })
    expect(await idsOf({ person: 'ANN@' })).toEqual([1])
    expect(await idsOf({ person: 'example.com' })).toEqual([2, 1])
    expect(await idsOf({ person: 'nobody' })).toEqual([])
    expect(await idsOf({ thing: 'creme frai' })).toEqual([1])
    expect(await idsOf({ thing: '8' })).toEqual([3, 2])
    expect(await idsOf({ thing: '100%_' })).toEqual([])
    expect(await idsOf({ subject: 'supplier', thing: 'salt' })).toEqual([])
    expect(await idsOf({ subject: 'ingredient', subjectId: '7' })).toEqual([1])
    await held.db.execute(sql`update audit_log set created_at = '2026-03-01T12:00:00Z' where id = 2`)
    const noon = new Date('2026-03-01T12:00:00Z')
    const later = new Date('2026-03-01T12:00:01Z')
    expect(await idsOf({ from: noon, to: later })).toEqual([2])
    expect(await idsOf({ from: later, to: later })).toEqual([])
    expect(await idsOf({ to: noon })).toEqual([])
  })

  test('says what the thing is called now, who did it and what it was part of', async () => {
    await changed(ann, 7, { unitPrice: '1' }, { unitPrice: '2' })
    expect((await list()).lines[0]).toMatchObject({
      by: 'Somebody',
      thing: 'Crème fraîche',
      before: { unitPrice: '1' },
      after: { unitPrice: '2' },
      publication: null,
      isUndone: false,
    })
  })
})

describe('the prices of an ingredient', () => {
  test('begin with the one that it had before anybody changed it', async () => {
    expect(await listPriceHistory(held.db, prices, 7)).toEqual([
      { at: Date.UTC(2026, 0, 1), by: null, unitPrice: '300' },
    ])
    await changed(ann, 7, { unitPrice: '250' }, { unitPrice: '300' })
    await changed(ann, 7, { name: 'Creme' }, { name: 'Crème fraîche' })
    expect(await listPriceHistory(held.db, prices, 7)).toMatchObject([
      { by: 'Somebody', unitPrice: '300' },
      { at: Date.UTC(2026, 0, 1), by: null, unitPrice: '250' },
    ])
  })

  test('begin where it was made in front of us, and are none for one that there is not', async () => {
    await changed(bob, 8, null, { name: 'Salt', unitPrice: '20' })
    expect((await listPriceHistory(held.db, prices, 8)).map(({ unitPrice }) => unitPrice)).toEqual(['20'])
    expect(await listPriceHistory(held.db, prices, 999)).toEqual([])
  })
})
