import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { convertQuantity } from '@/domain/quantity'
import { changedFields, type Fields, pick } from '@/domain/record'
import { type Reference, type RowWish, readSheetRow, type Sheet, type SheetKind } from '@/domain/sheet'
import type { Amount } from '@/domain/sheet-cells'
import { SHEETS } from '@/domain/sheets'
import type { Unit } from '@/domain/vocabulary'
import { ingredientsInUse } from '../records/goods'
import { keyText } from '../records/kind'
import { RECORDS } from '../records/kinds'
import { type CheckContext, type CheckedRow, refusedRow, storable } from './checked-row'
import type { CsvRow } from './csv'
import { type Found, findByName, findReferences, SHEET_TABLES } from './sheet-names'

type Kind = Exclude<SheetKind, 'recipe'>
type Read = { row: CsvRow; wish: RowWish }

/** What is to become of some rows of dishes, ingredients or suppliers; in a handful of statements, nothing is written. */
export async function checkSheetRows(
  context: CheckContext,
  kind: Kind,
  rows: readonly CsvRow[],
): Promise<CheckedRow[]> {
  const { db, header, currency } = context
  const sheet = SHEETS[kind]
  const checked = new Map<CsvRow, CheckedRow>()
  const read: Read[] = []
  for (const row of rows) {
    const parsed = row.content.ok ? readSheetRow(sheet, header, row.cells, currency) : row.content
    if (parsed.ok) read.push({ row, wish: (parsed as { wish: RowWish }).wish })
    else checked.set(row, refused(header, row, parsed.reason))
  }
  const names = await findByName(
    db,
    SHEET_TABLES[kind],
    unique(read.flatMap(({ wish }) => nameIn(wish) ?? [])),
  )
  const references = await findAllReferences(context, read)
  const aimed = read.map((each) => ({ ...each, aim: aimOf(each.wish, names) }))
  const ids = unique(aimed.flatMap(({ aim }) => (aim.ok && aim.id !== null ? [aim.id] : [])))
  const current = await RECORDS[kind].read(
    db,
    ids.map((id) => ({ id, restaurantId: null })),
    false,
  )
  const inUse = kind === 'ingredient' ? await ingredientsInUse(db, ids) : new Set<number>()
  const earlier = await findEarlier(
    context,
    aimed.flatMap(({ aim }) => (aim.ok ? [aim.thing] : [])),
  )

  for (const { row, wish, aim } of aimed) {
    const no = (reason: string) => checked.set(row, refused(header, row, reason))
    if (!aim.ok) {
      no(aim.reason)
      continue
    }
    const before = aim.id === null ? null : (current.get(keyText({ id: aim.id, restaurantId: null })) ?? null)
    if (aim.id !== null && !before) {
      no(`id ${aim.id} is not there: leave it empty for something new`)
      continue
    }
    const twin = earlier.get(aim.thing)
    if (twin !== undefined) {
      no(`row ${twin} is about the same: keep one of them`)
      continue
    }
    const after = complete(kind, sheet, wish, before as Fields | null, references)
    if (!after.ok) no(after.reason)
    else if (before && 'unit' in before && before.unit !== after.doc.unit && inUse.has(aim.id ?? 0))
      no('unit can’t change while recipes or restaurants count in the old one')
    else {
      earlier.set(aim.thing, row.row)
      checked.set(row, verdictOf(row, aim, before as Fields | null, after.doc))
    }
  }
  return rows.flatMap((row) => checked.get(row) ?? [])
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

const nameIn = ({ values }: RowWish): string | null =>
  typeof values.name === 'string' ? values.name.normalize('NFC').replace(/\s+/g, ' ') : null

function refused(header: readonly string[], { row, cells }: CsvRow, reason: string): CheckedRow {
  const column = header.findIndex((title) => title.trim().toLowerCase() === 'name')
  return refusedRow(row, storable(cells[column] ?? ''), cells, reason)
}

type Aim = { ok: true; id: number | null; thing: string; name: string | null } | { ok: false; reason: string }

/** What a row is about: by its number, else by its name. */
function aimOf(wish: RowWish, names: Found): Aim {
  const name = nameIn(wish)
  if (wish.id !== null) return { ok: true, id: wish.id, thing: String(wish.id), name }
  if (name === null) return { ok: false, reason: 'name is missing' }
  const { key, ids } = names.get(name) ?? { key: name, ids: [] }
  const [id, another] = ids
  if (another !== undefined)
    return {
      ok: false,
      reason: `several have this name: write in the column id which one it is (${ids.join(', ')})`,
    }
  return { ok: true, id: id ?? null, thing: id === undefined ? `new ${key}` : String(id), name }
}

async function findAllReferences(
  { db }: CheckContext,
  read: readonly Read[],
): Promise<Map<Reference, Found>> {
  const texts = new Map<Reference, Set<string>>()
  for (const { wish } of read)
    for (const { refers, text } of wish.references)
      texts.set(refers, (texts.get(refers) ?? new Set()).add(text.normalize('NFC')))
  const found = new Map<Reference, Found>()
  for (const [refers, names] of texts) found.set(refers, await findReferences(db, refers, [...names]))
  return found
}

/** Rows of earlier batches of the same file, by what they are about. */
async function findEarlier(
  { db, importId }: CheckContext,
  things: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.execute<{ thing: string; row: number }>(sql`
    select thing, row from import_rows where import_id = ${importId} and thing = any(${sql.param(things)}::text[])`)
  return new Map(rows.map(({ thing, row }) => [thing, row]))
}

type Completed = { ok: true; doc: Fields } | { ok: false; reason: string }

/** The whole record that a row asks for, valid, or what is wrong with it. */
function complete(
  kind: Kind,
  sheet: Sheet,
  wish: RowWish,
  before: Fields | null,
  references: ReadonlyMap<Reference, Found>,
): Completed {
  const fields: Fields = { ...(before ?? sheet.defaults), ...wish.values }
  const problems: string[] = []
  const unfound = new Set(wish.references.map(({ field }) => field))
  for (const { column, field, refers, text } of wish.references) {
    const [id, another] = references.get(refers)?.get(text.normalize('NFC'))?.ids ?? []
    if (id === undefined)
      problems.push(`${column}: there is no ${refers} ${JSON.stringify(text.slice(0, 60))}`)
    else if (another !== undefined)
      problems.push(
        `${column}: several are called ${JSON.stringify(text.slice(0, 60))}; write its number, such as #${id}`,
      )
    else fields[field] = id
  }
  for (const { name, field } of sheet.columns) {
    const value = fields[field]
    if (value === undefined && unfound.has(field)) continue
    if (value === undefined) problems.push(`${name} is missing, and something new needs it`)
    else if (isAmount(value)) {
      const quantity = inUnit(value, fields.unit as Unit | undefined)
      if (quantity === null) problems.push(`${name} can’t be told in ${fields.unit}`)
      else fields[field] = quantity
    }
  }
  if (problems.length > 0) return { ok: false, reason: problems.slice(0, 3).join('; ') }
  const parsed = (RECORDS[kind].schema as z.ZodType).safeParse(fields)
  if (parsed.success) return { ok: true, doc: parsed.data as Fields }
  const columnOf = (field: PropertyKey | undefined) =>
    sheet.columns.find((column) => column.field === field)?.name ?? String(field)
  const reasons = parsed.error.issues.map(({ path, message }) => `${columnOf(path[0])}: ${message}`)
  return { ok: false, reason: reasons.slice(0, 3).join('; ') }
}

const isAmount = (value: unknown): value is Amount =>
  typeof value === 'object' && value !== null && 'quantity' in value

const inUnit = ({ quantity, unit }: Amount, own: Unit | undefined): string | null =>
  unit === null || own === undefined ? quantity : convertQuantity(quantity, unit, own)

function verdictOf(
  { row, cells }: CsvRow,
  { id, thing }: Extract<Aim, { ok: true }>,
  before: Fields | null,
  doc: Fields,
): CheckedRow {
  const changed = before ? changedFields(before, doc) : doc
  const isSame = before !== null && Object.keys(changed).length === 0
  return {
    ...{ row, thing, subjectId: id, name: String(doc.name), cells: cells.map(storable), reason: null },
    verdict: isSame ? 'same' : before ? 'changed' : 'added',
    before: before && !isSame ? pick(before, Object.keys(changed)) : null,
    after: isSame ? null : changed,
  }
}
