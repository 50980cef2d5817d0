import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ARRAY_TYPES, formatArray, parseArray } from './array-types'
import { openSession, type Session } from './client'
import { testDatabase } from './testing/database'

const database = testDatabase('migrated', { max: 1 })
let session: Session
beforeAll(async () => {
  session = await openSession(database.url)
})
afterAll(() => session.close())

// PostgreSQL has no character 0, and no lone surrogates.
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0') && word.isWellFormed()),
  fc.constantFrom('', 'NULL', 'null', '"', '\\', '\\"', '{', '}', ',', ' ', '\n', "'", '{"a",NULL}'),
)
const words = fc.array(fc.option(text))

test('words come back from PostgreSQL as they were sent, also none and nothing', () =>
  fc.assert(
    fc.asyncProperty(words, async (sent) => {
      const [row] = await database.db.execute(
        sql`select ${sql.param(sent)}::text[] as words, cardinality(${sql.param(sent)}::text[]) as count`,
      )
      expect(row).toEqual({ words: sent, count: sent.length })
      const [again] = await session.query('select $1::text[] as words', [sent])
      expect(again).toEqual({ words: sent })
    }),
    { numRuns: 60 },
  ))

test('PostgreSQL reads what is written, and what it writes is read, of other types and in rows of rows', async () => {
  const [row] = await database.db.execute(sql`
    select ${sql.param([1, null, -3])}::int[] as numbers, '{1.50,2}'::numeric[] as amounts,
      '{t,f}'::bool[] as flags, array[9007199254740993] as ids,
      array['2026-11-23', null]::date[] as days, array[[1, 2], [3, 4]] as squares, '[0:1]={7,8}'::int[] as shifted,
      array['{"a": [1]}'::jsonb] as documents`)
  expect(row).toMatchObject({
    numbers: [1, null, -3],
    flags: [true, false],
    ids: ['9007199254740993'],
    squares: [
      [1, 2],
      [3, 4],
    ],
    shifted: [7, 8],
    documents: [{ a: [1] }],
  })
  // Drizzle reads these itself, from PostgreSQL's own words.
  expect(row).toMatchObject({ amounts: '{1.50,2}', days: '{2026-11-23,NULL}' })
  expect(formatArray([[1, null], ['a']])).toBe('{{"1",NULL},{"a"}}')
  expect(parseArray('{}')).toEqual([])
})

test('each number is that of the array type of its elements, and no column has an array of another', async () => {
  const known = await session.query<{ array: number; element: number }>(
    `select oid::int4 as array, typelem::int4 as element from pg_type where oid = any ($1::oid[]) order by oid`,
    [[...ARRAY_TYPES.keys()]],
  )
  expect(new Map(known.map(({ array, element }) => [array, element]))).toEqual(
    new Map([...ARRAY_TYPES].sort(([a], [b]) => a - b)),
  )
  const columns = await session.query(
    `select attrelid::regclass::text as table, attname as column from pg_attribute
     join pg_class on pg_class.oid = attrelid join pg_type on pg_type.oid = atttypid
     where relnamespace = 'public'::regnamespace and typcategory = 'A' and atttypid <> all ($1::oid[])`,
    [[...ARRAY_TYPES.keys()]],
  )
  expect(columns).toEqual([])
})
