import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDatabase } from './testing/database'

const database = testDatabase()

/** Columns that hold how much there is of something, or what a unit of it costs. */
const EXACT =
  /quantity|on_hand|minimum$|^par$|pack_size|unit_price|ordered_price|expected$|counted$|received|outstanding|consumed|wasted|transferred|used/

test('no column of the database is a float, and what is weighed or priced by the unit is numeric', async () => {
  const columns = await database.db.execute<{ place: string; type: string }>(sql`
    select table_name || '.' || column_name as place, coalesce(e.data_type, c.data_type) as type
    from information_schema.columns c
    left join information_schema.element_types e on e.object_schema = c.table_schema and e.object_name = c.table_name
      and e.object_type = 'TABLE' and e.collection_type_identifier = c.dtd_identifier
    where table_schema = 'public'`)
  const floats = columns.filter(({ type }) => /real|double/.test(type))
  expect(floats.map(({ place }) => place)).toEqual([])
  const stock = columns.filter(
    ({ place }) =>
      /^(stock_|purchase_|delivery_|waste_|daily_stock|ingredients\.|recipe_ingredients\.)/.test(place) &&
      EXACT.test(place.split('.')[1] ?? ''),
  )
  expect(stock.length).toBeGreaterThan(25)
  expect(stock.filter(({ type }) => type !== 'numeric')).toEqual([])
})

/** What turns an exact decimal into a float: in SQL, but for instants, which are told in milliseconds; and in TypeScript. */
const FLOAT_IN_SQL = /::\s*(?:float\d?|real|double precision)/
const FLOAT_IN_CODE =
  /\bparseFloat\b|\bNumber\((?:[\w.?]*\.)?(?:onHand|quantity|unitPrice|minimum|par|packSize|counted|expected|difference|received|outstanding)\b/

test('nothing that moves, counts, orders or values stock goes through a float', async () => {
  const files = [
    ...(await stockFiles('db/mutations')),
    ...(await stockFiles('db/queries')),
    ...(await stockFiles('db/fragments')),
    ...(await stockFiles('db/jobs')),
    ...(await stockFiles('domain')),
  ]
  expect(files.length).toBeGreaterThan(30)
  const found: string[] = []
  for (const file of files) {
    const lines = (await readFile(file, 'utf8')).split('\n')
    for (const [index, line] of lines.entries())
      if (FLOAT_IN_SQL.test(line) || FLOAT_IN_CODE.test(line))
        found.push(`${file}:${index + 1} ${line.trim()}`)
  }
  expect(found).toEqual([])
})

const STOCK =
  /stock|purchase|deliver|waste|quantit|portion|cost|count-diff|ledger|days-left|ingredient-use|paid-price|inventory/

async function stockFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => STOCK.test(name) && name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
}
