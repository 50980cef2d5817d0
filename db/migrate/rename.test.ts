import { describe, expect, test } from 'vitest'
import type { Session } from '../client'
import { migrateBack } from './back'
import { migrate } from './runner'
import { migrationsThrough } from './testing/migrations-folder'
import { throwAwayDatabase } from './testing/throw-away-database'

const ADDED = '0055_recipes_title_added'
const KEPT = '0056_recipes_title_kept'
const FILLED = '0062_recipes_search_twin'

type Names = { name: string | null; title: string | null; stems: string | null }

async function through(name: string) {
  const { url, session } = await throwAwayDatabase()
  expect(await migrate(url, { directory: await migrationsThrough(name) })).toMatchObject({ ok: true })
  await session.query(`insert into chefs (name, experience_years) values ('Ada', 9)`)
  return { url, session }
}

/** Writes a recipe as the releases up to 0.5.0 do, or as those after it, and says its number. */
async function add(session: Session, column: 'name' | 'title', text: string): Promise<number> {
  const [row] = await session.query<{ id: number }>(
    `insert into recipes (${column}, cuisine, difficulty, prep_time, chef_id) values ($1, 'Thai', 1, 5, 1) returning id`,
    [text],
  )
  return row?.id ?? 0
}

async function namesOf(session: Session, id: number): Promise<Names | undefined> {
  const [row] = await session.query<Names>(
    'select name, title, title_stems::text as stems from recipes where id = $1',
    [id],
  )
  return row
}

const both = (text: string, stems: string): Names => ({ name: text, title: text, stems })

describe('while releases that write name run beside such that write title', () => {
  test('whoever writes one of them writes both, and the words', async () => {
    const { session } = await through(KEPT)
    const old = await add(session, 'name', 'Green curry')
    const young = await add(session, 'title', 'Red curry')
    expect(await namesOf(session, old)).toEqual(both('Green curry', `'curri':2 'green':1`))
    expect(await namesOf(session, young)).toEqual(both('Red curry', `'curri':2 'red':1`))

    await session.query(`update recipes set title = 'Soup' where id = $1`, [old])
    await session.query(`update recipes set name = 'Salad', calories = 90 where id = $1`, [young])
    expect(await namesOf(session, old)).toEqual(both('Soup', `'soup':1`))
    expect(await namesOf(session, young)).toEqual(both('Salad', `'salad':1`))

    await session.query(`update recipes set name = 'Rice', title = 'Rice' where id = $1`, [old])
    expect(await namesOf(session, old)).toEqual(both('Rice', `'rice':1`))
  })

  test('an upsert of either one finds the row and writes both', async () => {
    const { session } = await through(KEPT)
    const id = await add(session, 'name', 'Green curry')
    for (const [column, text] of [
      ['name', 'Laksa'],
      ['title', 'Pad thai'],
    ]) {
      await session.query(
        `insert into recipes (id, ${column}, cuisine, difficulty, prep_time, chef_id) overriding system value
         values ($1, $2, 'Thai', 1, 5, 1) on conflict (id) do update set ${column} = excluded.${column}`,
        [id, text],
      )
      expect(await namesOf(session, id)).toMatchObject({ name: text, title: text })
    }
  })

  test('two different ones at once are refused, and so is none', async () => {
    const { session } = await through(KEPT)
    const id = await add(session, 'name', 'Green curry')
    await expect(
      session.query(`update recipes set name = 'Laksa', title = 'Soup' where id = $1`, [id]),
    ).rejects.toMatchObject({
      code: '23514',
      message: `Recipe ${id} would be named 'Laksa' and titled 'Soup'.`,
    })
    await expect(
      session.query(
        `insert into recipes (name, title, cuisine, difficulty, prep_time, chef_id) values ('a', 'b', 'Thai', 1, 5, 1)`,
      ),
    ).rejects.toMatchObject({ code: '23514' })
    for (const column of ['name', 'title'])
      await expect(
        session.query(`update recipes set ${column} = null where id = $1`, [id]),
      ).rejects.toMatchObject({ code: '23502' })
    expect(await namesOf(session, id)).toMatchObject({ name: 'Green curry', title: 'Green curry' })
  })

  test('a row from before is filled by any change to it, also by a loader that checks nothing', async () => {
    const { url, session } = await through(ADDED)
    const id = await add(session, 'name', 'Green curry')
    expect(await namesOf(session, id)).toEqual({ name: 'Green curry', title: null, stems: null })
    await migrate(url, { directory: await migrationsThrough(KEPT) })

    await session.query('begin')
    await session.query('set local session_replication_role = replica')
    await session.query('update recipes set calories = 100 where id = $1', [id])
    await session.query('commit')

    expect(await namesOf(session, id)).toEqual(both('Green curry', `'curri':2 'green':1`))
  })
  test('the release before goes back to writing its own column, and comes forward again', async () => {
    const { url, session } = await through(KEPT)
    const directory = await migrationsThrough(KEPT)
    const id = await add(session, 'title', 'Green curry')

    expect(await migrateBack(url, ADDED, { directory })).toMatchObject({
      ok: true,
      applied: [{ name: KEPT }],
    })
    await session.query(`update recipes set name = 'Laksa' where id = $1`, [id])
    expect(await namesOf(session, id)).toEqual({ name: 'Laksa', title: null, stems: null })

    expect(await migrate(url, { directory })).toMatchObject({ ok: true, applied: [{ name: KEPT }] })
    await session.query('update recipes set calories = 1 where id = $1', [id])
    expect(await namesOf(session, id)).toEqual(both('Laksa', `'laksa':1`))
  })
})

describe('once it is filled', () => {
  test('every recipe has its title, also those whose name changed while nothing kept it', async () => {
    const { url, session } = await through(ADDED)
    const never = await add(session, 'name', 'Green curry')
    const [kept, filled] = [await migrationsThrough(KEPT), await migrationsThrough(FILLED)]
    await migrate(url, { directory: kept })
    const stale = await add(session, 'name', 'Red curry')
    await session.query('alter table recipes disable trigger recipes_1_keep_title')
    await session.query(`update recipes set name = 'Laksa' where id = $1`, [stale])
    await session.query('alter table recipes enable always trigger recipes_1_keep_title')

    expect(await migrate(url, { directory: filled })).toMatchObject({ ok: true })

    expect(await namesOf(session, never)).toEqual(both('Green curry', `'curri':2 'green':1`))
    expect(await namesOf(session, stale)).toEqual(both('Laksa', `'laksa':1`))
    const old = await add(session, 'name', 'Soup')
    expect(await namesOf(session, old)).toEqual(both('Soup', `'soup':1`))
  })

  test('it is filled anew by a release that comes forward again', async () => {
    const { url, session } = await through(FILLED)
    const directory = await migrationsThrough(FILLED)
    const id = await add(session, 'title', 'Green curry')
    expect(await migrateBack(url, ADDED, { directory })).toMatchObject({ ok: true })
    await session.query(`update recipes set name = 'Laksa' where id = $1`, [id])

    expect(await migrate(url, { directory })).toMatchObject({ ok: true })

    expect(await namesOf(session, id)).toEqual(both('Laksa', `'laksa':1`))
  })
})
