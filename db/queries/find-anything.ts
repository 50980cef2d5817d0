import { type SQL, sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'

export type FoundKind = 'order' | 'dish' | 'recipe' | 'ingredient' | 'supplier' | 'person'

export type Found = {
  kind: FoundKind
  /** A number, or the uuid of an order. */
  id: string
  label: string
  /** What tells it from others of its name. */
  note: string
  /** The slug of an order's restaurant; null of what belongs to the chain. */
  restaurant: string | null
}

export type FindParams = {
  /** Pieces that must all be in a name, in any case and without accents; letters and digits only. None finds nothing. */
  words: readonly string[]
  /** Exactly this order of any day: `ORD` and 16 characters, in capitals. */
  orderNumber: string | null
  /** What people call on the business dates `days`. */
  callNumber: number | null
  days: readonly { restaurantId: number; businessDate: string }[]
  /** The most of each kind. */
  limit: number
  /** Who may see suppliers. */
  suppliers: ChainScope<'stock:read'> | null
  /** Who may see people. */
  people: ChainScope<'chain:manage'> | null
}

/**
 * What a few typed words may mean, in one statement: orders of the restaurants in scope, then dishes, recipes,
 * ingredients, suppliers and people, each kind with the names first that begin as was typed. Dishes, ingredients and
 * suppliers are read whole, a few thousand short rows; recipes, orders and people are found by their indexes.
 */
export async function findAnything(db: Db, scope: ChainScope, params: FindParams): Promise<Found[]> {
  const { words, limit, suppliers, people } = params
  const parts = ordersOf(scope, params)
  if (words.length > 0) {
    const typed = words.join(' ')
    parts.push(
      namesLike(
        words,
        limit,
        sql`select 'dish', m.id::text, m.name, c.name, null from menu_items m
          join categories c on c.id = m.category_id and c.is_active
          where m.is_available`,
      ),
      recipesLike(words, typed, limit),
      namesLike(
        words,
        limit,
        sql`select 'ingredient', id::text, name, unit, null from ingredients where is_active`,
      ),
    )
    if (suppliers)
      parts.push(
        namesLike(
          words,
          limit,
          sql`select 'supplier', id::text, name, contact_person, null from suppliers where is_active`,
        ),
      )
    // Their index knows pieces of three letters and more; chains have thousands of people.
    if (people && words.some((word) => word.length >= 3)) parts.push(peopleLike(words, limit))
  }
  if (parts.length === 0) return []
  return db.execute<Found>(sql.join(parts, sql` union all `))
}

const COLUMNS = sql.raw('(kind, id, label, note, restaurant)')

/** Accents aside, as in `name_key`, but cheap enough for every row of a table of some thousands. */
const plain = (text: SQL) => sql`unaccent(lower(${text}))`

/** The rows of `source` (as COLUMNS) whose label holds every word; those first in which the first word begins it. */
function namesLike(words: readonly string[], limit: number, source: SQL): SQL {
  const holds = words.map((word) => sql`position(${plain(sql`${word}::text`)} in ${plain(sql`label`)}) > 0`)
  return sql`(
    select kind, id, label, note, restaurant from (${source}) as named ${COLUMNS}
    where ${sql.join(holds, sql` and `)}
    order by not starts_with(${plain(sql`label`)}, ${plain(sql`${words[0] ?? ''}::text`)}), length(label), label, id
    limit ${limit}
  )`
}

/** The most titles that are put in order. Of words that more have in common, no order would bring the one that is meant. */
const RECIPES_COMPARED = 200

/** Titles with all of the words, of which the last may be the beginning of one. */
function recipesLike(words: readonly string[], typed: string, limit: number): SQL {
  const query = `${words.join(' & ')}:*`
  return sql`(
    select 'recipe', id::text, title, cuisine, null from (
      select id, title, cuisine from recipes
      where title_stems @@ to_tsquery('recipe_words', ${query}) limit ${RECIPES_COMPARED}
    ) as titled
    order by not starts_with(${plain(sql`title`)}, ${plain(sql`${typed}::text`)}), length(title), title, id
    limit ${limit}
  )`
}

const peopleLike = (words: readonly string[], limit: number): SQL => sql`(
  select 'person', u.id::text, u.name, u.email, null from users u
  where ${sql.join(
    words.map((word) => holdsName(sql`u.name || ' ' || u.email`, word)),
    sql` and `,
  )}
  order by not u.is_active, u.name, u.id
  limit ${limit}
)`

function ordersOf(scope: ChainScope, { orderNumber, callNumber, days, limit }: FindParams): SQL[] {
  const about = sql`select 'order' as kind, o.id::text as id, '#' || o.call_number || ' ' || o.place_or_name as label,
      r.name || ', ' || o.business_date::text as note, r.slug as restaurant`
  const parts: SQL[] = []
  if (orderNumber !== null)
    parts.push(sql`(
      ${about}
      from orders o join restaurants r on r.id = o.restaurant_id
      where o.restaurant_id = any(${sql.param(scope.restaurantIds)}::int[]) and o.order_number = ${orderNumber}
      order by o.restaurant_id limit ${limit}
    )`)
  if (callNumber !== null)
    parts.push(sql`(
      ${about}
      from json_to_recordset(${JSON.stringify(days)}::text::json) as d ("restaurantId" int, "businessDate" date)
      -- A search of the key for each day, never a day's orders for one of them.
      cross join lateral (
        select * from orders
        where restaurant_id = d."restaurantId" and business_date = d."businessDate" and call_number = ${callNumber}
        offset 0
      ) o
      join restaurants r on r.id = o.restaurant_id
      where o.restaurant_id = any(${sql.param(scope.restaurantIds)}::int[])
      order by o.status in ('delivered', 'cancelled'), r.name, o.restaurant_id
      limit ${limit}
    )`)
  return parts
}
