import { describe, expect, test } from 'vitest'
import { dietsOf, type Makeup } from '@/domain/diet'
import { ALLERGENS, ANIMAL_SOURCES, type Diet } from '@/domain/vocabulary'
import type { Session } from '../client'
import { migrateBack } from './back'
import { migrate } from './runner'
import { migrationsThrough } from './testing/migrations-folder'
import { throwAwayDatabase } from './testing/throw-away-database'

/** The last migration of the release that derives the diets of what it writes, and leaves alone what was there. */
const WRITTEN = '0069_recipes_name_dropped'

/** A database of that release with 1,500 cards, more than one batch, of which hardly two are made of the same. */
async function oldDatabase(): Promise<{ url: string; session: Session }> {
  const { url, session } = await throwAwayDatabase()
  expect(await migrate(url, { directory: await migrationsThrough(WRITTEN) })).toMatchObject({ ok: true })
  const words = (list: readonly string[]) => list.map((word) => `'${word}'`).join(', ')
  await session.query(`
    insert into chefs (name, experience_years) values ('Ada', 9);
    insert into suppliers (name, contact_person, phone, email, address) values ('Verde', '', '', '', '');
    insert into ingredients (name, unit, unit_price, supplier_id, allergens, animal_sources)
      select 'Thing ' || n, 'kg', 1, 1,
        array(select a from unnest(array[${words(ALLERGENS)}]) with ordinality as t (a, k) where (n * 7 + k * 5) % 23 = 0),
        case when n % 11 > 0 then
          array(select s from unnest(array[${words(ANIMAL_SOURCES)}]) with ordinality as t (s, k) where (n * 3 + k * 4) % 17 = 0)
        end
      from generate_series(1, 60) n;
    insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
      select 'Recipe ' || n, 'Thai', 1, 10, 1 from generate_series(1, 1500) n;
    insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
      select distinct n, 1 + (n * 31 + k * k * 7) % 60, 1 from generate_series(1, 1490) n, generate_series(1, 6) k where k <= n % 7;
    update recipes set dietary_restrictions = '{nut_free}' where id = 1500`)
  return { url, session }
}

async function cards(session: Session): Promise<{ id: number; diets: Diet[] | null; lines: Makeup[] }[]> {
  return session.query(`
    select r.id, r.dietary_restrictions as diets, coalesce(json_agg(json_build_object(
      'allergens', i.allergens, 'animalSources', i.animal_sources)) filter (where i.id is not null), '[]') as lines
    from recipes r
    left join recipe_ingredients l on l.recipe_id = r.id left join ingredients i on i.id = l.ingredient_id
    where r.id < 1500 group by r.id order by r.id`)
}

describe('the recipes of a release that knew no diets', () => {
  test('get those of their ingredients, in batches, and keep what was derived already', async () => {
    const { url, session } = await oldDatabase()

    expect(await migrate(url)).toMatchObject({ ok: true })

    const found = await cards(session)
    expect(found).toHaveLength(1499)
    for (const { id, diets, lines } of found) expect({ id, diets }).toEqual({ id, diets: dietsOf(lines) })
    expect(found.filter(({ diets }) => diets?.includes('vegan')).length).toBeGreaterThan(50)
    expect(new Set(found.map(({ diets }) => String(diets))).size).toBeGreaterThan(15)
    expect(await session.query('select dietary_restrictions as diets from recipes where id = 1500')).toEqual([
      { diets: ['nut_free'] },
    ])
    const [backfill] = await session.query<{ done: number; batches: number }>(
      'select rows_done::int as done, batches::int from brigade_migrations.backfills where name ~ $1',
      ['recipes_diets_filled'],
    )
    expect(backfill?.done).toBe(1500)
    expect(backfill?.batches).toBeGreaterThan(1)
  })

  test('are read and written by that release again after the way back, and forward again lose nothing', async () => {
    const { url, session } = await oldDatabase()
    await migrate(url)
    const [newest] = await session.query<{ name: string }>(
      'select name from brigade_migrations.ledger order by name desc limit 1',
    )

    expect(await migrateBack(url, WRITTEN)).toMatchObject({ ok: true })
    await session.query(
      `insert into recipes (title, cuisine, difficulty, prep_time, chef_id) values ('New', 'Thai', 1, 5, 1)`,
    )
    await session.query('update recipes set dietary_restrictions = null where id = 7')
    expect(await migrate(url)).toMatchObject({ ok: true })

    expect(await session.query('select max(name) as name from brigade_migrations.ledger')).toEqual([newest])
    for (const { id, diets, lines } of await cards(session))
      expect({ id, diets }).toEqual({ id, diets: dietsOf(lines) })
    expect(
      await session.query('select count(*)::int as n from recipes where dietary_restrictions is null'),
    ).toEqual([{ n: 0 }])
  })

  test('are claimed to go with nothing where somebody adds one and says nothing', async () => {
    const { url, session } = await oldDatabase()
    await migrate(url)
    await session.query(
      `insert into recipes (title, cuisine, difficulty, prep_time, chef_id) values ('New', 'Thai', 1, 5, 1)`,
    )
    expect(
      await session.query(`select dietary_restrictions as diets from recipes where title = 'New'`),
    ).toEqual([{ diets: [] }])
  })
})
