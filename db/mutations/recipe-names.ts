import { sql } from 'drizzle-orm'
import { NO_SUPPLIER } from '@/domain/supplier'
import type { Allergen, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

/** An ingredient of the book by a name that somebody wrote. */
export type KnownIngredient = { id: number; unit: Unit }

/** Names as they were written: what people compare them by, and whom or what the book has by that name. */
export type Named<T> = ReadonlyMap<string, { key: string; found: T | null }>

/** Chefs by name (`name_key`); of several the one who is spelled exactly so, then the one who was there first. */
export async function findChefs(db: Db, names: readonly string[]): Promise<Named<number>> {
  const rows = await db.execute<{ name: string; key: string; id: number | null }>(sql`
    select given.name, given.key, chef.id
    from (select name, name_key(name) as key from unnest(${sql.param(names)}::text[]) as name) given
    left join lateral (
      select id from chefs c where name_key(c.name) = given.key order by c.name = given.name desc, id limit 1
    ) chef on true`)
  return new Map(rows.map(({ name, key, id }) => [name, { key, found: id }]))
}

/** Ingredients by name (`name_key`); of several the one that is spelled exactly so, then active ones, then the first. */
export async function findIngredients(db: Db, names: readonly string[]): Promise<Named<KnownIngredient>> {
  const rows = await db.execute<{ name: string; key: string; id: number | null; unit: Unit | null }>(sql`
    select given.name, given.key, ingredient.id, ingredient.unit
    from (select name, name_key(name) as key from unnest(${sql.param(names)}::text[]) as name) given
    left join lateral (
      select id, unit from ingredients i where name_key(i.name) = given.key
      order by i.name = given.name desc, is_active desc, id limit 1
    ) ingredient on true`)
  return new Map(
    rows.map(({ name, key, id, unit }) => [name, { key, found: id && unit ? { id, unit } : null }]),
  )
}

/**
 * Whoever adds chefs or ingredients by the batch takes turns from here to the end of the transaction, so that two who
 * miss the same name add it once: look again after this.
 */
export async function lockNames(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('brigade recipe names'))`)
}

export type NewChef = { name: string; experienceYears: number }

/** Adds chefs; returns their ids in that order. */
export async function addChefs(tx: Db, chefs: readonly NewChef[]): Promise<number[]> {
  const ids = await nextIds(tx, 'chefs', chefs.length)
  await tx.execute(sql`
    insert into chefs (id, name, experience_years) overriding system value
    select id, name, "experienceYears"
    from json_to_recordset(${withIds(chefs, ids)}::text::json) as c (id int, name text, "experienceYears" int)`)
  return ids
}

export type NewIngredient = { name: string; unit: Unit; allergens: readonly Allergen[] }

/** Adds ingredients without a price, of a supplier that stands for none; returns their ids in that order. */
export async function addIngredients(tx: Db, ingredients: readonly NewIngredient[]): Promise<number[]> {
  const ids = await nextIds(tx, 'ingredients', ingredients.length)
  await tx.execute(sql`
    insert into suppliers (name, contact_person, phone, email, address, is_active)
    values (${NO_SUPPLIER}, '', '', '', '', false) on conflict (name) do nothing`)
  await tx.execute(sql`
    insert into ingredients (id, name, unit, unit_price, supplier_id, allergens) overriding system value
    select i.id, i.name, i.unit, 0, s.id, array(select json_array_elements_text(i.allergens))
    from json_to_recordset(${withIds(ingredients, ids)}::text::json) as i (id int, name text, unit text, allergens json)
    join suppliers s on s.name = ${NO_SUPPLIER}`)
  return ids
}

/** So many new ids, so that rows of several tables can be sent at once. Those of an undone transaction stay unused. */
export async function nextIds(
  tx: Db,
  table: 'recipes' | 'chefs' | 'ingredients',
  count: number,
): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    select nextval(pg_get_serial_sequence(${table}, 'id'))::int as id from generate_series(1, ${count}::int)`)
  return rows.map(({ id }) => id)
}

const withIds = (rows: readonly object[], ids: readonly number[]) =>
  JSON.stringify(rows.map((row, place) => ({ id: ids[place], ...row })))
