import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type DraftSubject, type Fields, sameValue, subjectOfAudit } from '@/domain/record'
import { getGuestMenu } from '../queries/guest-menu'
import { recordName } from '../records/edits'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { MenuHistory, menuHistories } from '../testing/menu-history'

/**
 * Random histories of one menu on which several admins work at once, live and in change sets: whatever happens, the menu
 * is what the audit says, line after line, and nobody replaces a value that they have not seen.
 */
const HISTORIES = process.env.BRIGADE_FULL ? 1000 : 100

const database = testDatabase('migrated', { max: 6 })
let admins: AdminScope[]
let kitchens: KitchenScope[]

beforeAll(async () => {
  await addChain(database.db)
  kitchens = [await addKitchen(database.db), await addKitchen(database.db)]
  admins = [await adminOf(database.db), await adminOf(database.db), await adminOf(database.db)]
})

test(`after ${HISTORIES} random histories the menu is the fold of the audit, and nothing was overwritten unseen`, {
  timeout: 1_800_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(menuHistories, async (groups) => {
      const history = await MenuHistory.begin(database.db, admins, kitchens)
      const mark = await lastLine()
      const start = await readMenu()
      for (const group of groups) await Promise.all(group.map((step) => history.take(step)))
      const lines = await linesAfter(mark)
      const folded = foldLines(start, lines)
      const menu = await readMenu()
      expect(Object.fromEntries(folded)).toEqual(Object.fromEntries(menu))
      for (const kitchen of kitchens) expect(await servedIn(kitchen)).toEqual(servedBy(folded, kitchen))
      expect(unseen(lines, history)).toEqual([])
    }),
    { numRuns: HISTORIES },
  )
  expect(await deadlocks()).toBe(0)
})

type Menu = Map<string, Fields>
type Line = {
  action: string
  subject: DraftSubject
  record: string
  before: Fields | null
  after: Fields
  publicationId: number | null
  changeSetId: number | null
  undoes: number | null
}

async function lastLine(): Promise<string> {
  const [row] = await database.db.execute<{ id: string }>(
    sql`select coalesce(max(id), 0) as id from audit_log`,
  )
  return row?.id ?? '0'
}

async function linesAfter(mark: string): Promise<Line[]> {
  const rows = await database.db.execute<
    Omit<Line, 'record'> & { named: string; id: number; restaurantId: number | null }
  >(sql`
    select a.action, a.subject as named, a.subject_id::int as id, a.restaurant_id as "restaurantId", a.before, a.after,
      a.publication_id as "publicationId", p.change_set_id as "changeSetId", p.undoes
    from audit_log a left join publications p on p.id = a.publication_id
    where a.id > ${mark} and a.subject in ('menu_item', 'category') order by a.id`)
  return rows.map(({ named, id, restaurantId, ...line }) => {
    const subject = subjectOfAudit(named, restaurantId) as DraftSubject
    return { ...line, subject, record: recordName({ subject, key: { id, restaurantId } }) }
  })
}

/** Every dish, category and override as stored, by name. An override that says nothing is none. */
async function readMenu(): Promise<Menu> {
  const rows = await database.db.execute<{ record: string; doc: Fields }>(sql`
    select 'category ' || id as record, json_build_object('name', name, 'description', description,
      'isActive', is_active, 'sortOrder', sort_order) as doc from categories
    union all
    select 'menu_item ' || id, json_build_object('name', name, 'description', description, 'price', price,
      'categoryId', category_id, 'recipeId', recipe_id, 'station', station, 'prepMinutes', preparation_time,
      'calories', calories, 'isAvailable', is_available, 'isFeatured', is_featured, 'photo', photo) from menu_items
    union all
    select 'menu_override ' || menu_item_id || '@' || restaurant_id, json_build_object('price', price,
      'isAvailable', is_available, 'eightySixUntil', eighty_six_until::text, 'portionsLeft', portions_left)
    from menu_overrides
    where num_nonnulls(price, is_available, eighty_six_until, portions_left) > 0`)
  return new Map(rows.map(({ record, doc }) => [record, doc]))
}

const NOTHING: Fields = { price: null, isAvailable: null, eightySixUntil: null, portionsLeft: null }

/** The menu that the lines make of another one. Each says what it found, which must be what the one before it left. */
function foldLines(start: Menu, lines: readonly Line[]): Menu {
  const menu = new Map(start)
  for (const { subject, record, before, after } of lines) {
    const found = menu.get(record) ?? (subject === 'menu_override' ? NOTHING : null)
    for (const [field, value] of Object.entries(before ?? {})) {
      expect(found?.[field], `${record} ${field}, before`).toEqual(value)
    }
    menu.set(record, { ...found, ...after })
  }
  for (const [record, doc] of menu) if (sameValue(doc, NOTHING)) menu.delete(record)
  return menu
}

const servedIn = async (kitchen: KitchenScope) =>
  (await getGuestMenu(database.db, kitchen))
    .flatMap(({ dishes }) => dishes.map(({ id, price, soldOut }) => ({ id, price, soldOut })))
    .sort((one, other) => one.id - other.id)

/** What guests read, worked out from documents. */
function servedBy(menu: Menu, { restaurant }: KitchenScope) {
  const served = [...menu].flatMap(([record, dish]) => {
    const [subject, id] = record.split(' ')
    if (subject !== 'menu_item') return []
    const own = menu.get(`menu_override ${id}@${restaurant.id}`) ?? NOTHING
    const isServed =
      (own.isAvailable ?? dish.isAvailable) && menu.get(`category ${dish.categoryId}`)?.isActive
    const soldOut = own.eightySixUntil !== null
    return isServed ? [{ id: Number(id), price: own.price ?? dish.price, soldOut }] : []
  })
  return served.sort((one, other) => one.id - other.id)
}

/** Changes of a value that nobody who made them had in front of them. */
function unseen(lines: readonly Line[], history: MenuHistory): unknown[] {
  const lost: unknown[] = []
  const live = lines.filter(({ action, publicationId }) => publicationId === null && isEdit(action))
  if (live.length !== history.saved.length) lost.push({ lines: live.length, saved: history.saved.length })
  for (const line of live) {
    const known = history.saved.some(
      ({ record, base, doc }) =>
        record === line.record &&
        Object.entries(line.after).every(([field, value]) => sameValue(doc[field], value)) &&
        Object.entries(line.before ?? {}).every(([field, value]) => sameValue(base?.[field], value)),
    )
    if (!known) lost.push(line)
  }
  for (const [place, line] of lines.entries()) {
    if (line.publicationId === null) continue
    for (const [field, value] of Object.entries(line.before ?? {})) {
      if (!wasSeen(lines.slice(0, place), line, field, value, history)) lost.push({ ...line, field })
    }
  }
  return lost
}

const isEdit = (action: string) => /\.(created|changed)$/.test(action)

/** Whether a value that a publication replaced was seen in its change set, given by it, or made by what it takes back. */
function wasSeen(earlier: readonly Line[], line: Line, field: string, value: unknown, { seen }: MenuHistory) {
  const { changeSetId, undoes, record, subject } = line
  const own = subject === 'menu_override' && changeSetId !== null
  return (
    (own && value === null) ||
    seen.some(
      (one) =>
        one.record === record &&
        one.field === field &&
        sameValue(one.value, value) &&
        (changeSetId === null ? one.publicationId === undoes : one.changeSetId === changeSetId),
    ) ||
    earlier.some(
      (other) =>
        other.record === record &&
        sameValue(other.after[field], value) &&
        (undoes === null ? other.changeSetId === changeSetId : other.publicationId === undoes),
    )
  )
}

async function deadlocks(): Promise<number> {
  const [row] = await database.db.execute<{ n: number }>(sql`
    select deadlocks::int as n from pg_stat_database where datname = current_database()`)
  return row?.n ?? -1
}
