import { type SQL, sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import type { Db } from '../client'
import { dietsOfIngredients } from '../fragments/diets'

/**
 * What must hold of seeded data although it was written past foreign keys and constraint triggers. Each query gives
 * the rows that break its rule.
 */
export const INVARIANTS: Readonly<Record<string, SQL>> = {
  'a recipe is said to go with the diets that its ingredients go with': sql`
    select r.id, r.dietary_restrictions, card.diets from recipes r
    left join (
      select l.recipe_id, ${dietsOfIngredients} as diets
      from recipe_ingredients l join ingredients i on i.id = l.ingredient_id group by l.recipe_id
    ) card on card.recipe_id = r.id
    where r.dietary_restrictions is distinct from coalesce(card.diets, '{}')`,
  'an ingredient with an allergen of animals is said to come from them': sql`
    select name from ingredients where animal_sources is not null and (
      allergens && '{fish,crustaceans,molluscs}' and not animal_sources && '{fish}'
      or 'milk' = any(allergens) and not animal_sources && '{dairy}'
      or 'eggs' = any(allergens) and not animal_sources && '{egg}')`,
  'an order costs what its lines cost': sql`
    select o.order_number from orders o
    left join (select restaurant_id, order_id, sum(subtotal) as lines from order_items group by 1, 2) i
      on i.restaurant_id = o.restaurant_id and i.order_id = o.id
    where o.total is distinct from i.lines`,
  'on hand is the sum of the movements, and none is below zero': sql`
    select restaurant_id, ingredient_id, on_hand, moved from stock_levels
    left join (select restaurant_id, ingredient_id, sum(quantity) as moved from stock_movements group by 1, 2) m
      using (restaurant_id, ingredient_id)
    where on_hand is distinct from moved or on_hand < 0`,
  'the events of a restaurant are numbered from 1 without a gap, and its feed stands at the last': sql`
    select f.restaurant_id, f.seq, e.numbers, e.first from kitchen_feed f
    full join (select restaurant_id, count(distinct seq) as numbers, min(seq) as first from order_events group by 1) e
      using (restaurant_id)
    where f.seq is distinct from e.numbers or e.first <> 1`,
  'events are numbered in the order in which they happened': sql`
    select * from (
      select restaurant_id, seq, n, at, lag(at) over w as before, lag(seq) over w as seq_before, lag(n) over w as n_before
      from order_events window w as (partition by restaurant_id order by seq, n)
    ) e where at < before or (seq = seq_before and n <> n_before + 1) or (seq > seq_before and n <> 0)`,
  'an order has one event for each of its times, each leading to the next': sql`
    with step as (
      select *, lag(to_status) over (partition by restaurant_id, order_id order by seq, n) as before from order_events
    ), history as (
      select restaurant_id, order_id, array_agg(at order by seq, n) filter (where kind <> 'item_status') as times,
        bool_and(from_status is not distinct from before) as chained,
        (array_agg(to_status order by seq desc, n desc))[1] as last
      from step group by restaurant_id, order_id
    )
    select o.order_number from orders o
    left join history h on h.restaurant_id = o.restaurant_id and h.order_id = o.id
    where o.status is distinct from h.last or h.chained is not true or h.times <> array_remove(
      array[o.created_at, o.confirmed_at, o.preparing_at, o.ready_at, o.delivered_at, o.cancelled_at], null)`,
  'people call an order by its place in the day': sql`
    select * from (
      select order_number, call_number,
        row_number() over (partition by restaurant_id, business_date order by created_at, id) as place
      from orders
    ) o where call_number <> place`,
  'ids are version 7 and carry the time': sql`
    select id from orders where substr(id::text, 15, 1) <> '7' or substr(id::text, 20, 1) not in ('8', '9', 'a', 'b')
      or replace(left(id::text, 13), '-', '') <> lpad(to_hex(round(extract(epoch from created_at) * 1000)::bigint), 12, '0')`,
  'the times of an order follow each other': sql`
    select order_number from orders
    where confirmed_at < created_at or preparing_at < confirmed_at or ready_at < preparing_at or delivered_at < ready_at
      or cancelled_at < coalesce(preparing_at, confirmed_at, created_at)`,
  'where orders are confirmed by themselves none is pending': sql`
    select order_number from orders o join restaurants r on r.id = o.restaurant_id
    where auto_confirm and confirmed_at is distinct from o.created_at`,
  'a dish of an order that is not being cooked waits, and of one that is ready is done': sql`
    select o.order_number, i.status from orders o
    join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
    where (o.status in ('pending', 'confirmed') and i.status <> 'waiting')
      or (o.status in ('ready', 'delivered') and i.status <> 'done')`,
  'a recipe names the ingredients of its card': sql`
    select r.id from recipes r
    left join (select recipe_id, array_agg(ingredient_id order by ingredient_id) as ids from recipe_ingredients group by 1) c
      on c.recipe_id = r.id
    where r.ingredient_ids is distinct from c.ids`,
  'a recipe that is sold has a method of two steps or more, numbered from 1': sql`
    select m.recipe_id, s.steps, s.last from menu_items m
    left join (select recipe_id, count(*) as steps, max(position) as last from recipe_steps group by 1) s using (recipe_id)
    where s.steps is null or s.steps < 2 or s.last <> s.steps`,
  'the ledger took what the cards say, and gave back or wasted what was cancelled': sql`
    with ledger as (
      select restaurant_id, order_id, ingredient_id, sum(quantity) filter (where kind = 'consumed') as consumed,
        sum(quantity) filter (where kind = 'reversed') as reversed, sum(quantity) filter (where kind = 'waste') as waste
      from stock_movements where order_id is not null group by 1, 2, 3
    ), booked as (
      select o.restaurant_id, o.id as order_id, o.cancelled_at is not null as cancelled, o.preparing_at is not null as cooked
      from orders o where (o.restaurant_id, o.id) in (select restaurant_id, order_id from ledger)
    ), needed as (
      select b.*, c.ingredient_id, sum(i.quantity * c.quantity) as quantity
      from booked b
      join order_items i using (restaurant_id, order_id)
      join menu_items d on d.id = i.menu_item_id
      join recipe_ingredients c on c.recipe_id = d.recipe_id
      group by b.restaurant_id, b.order_id, b.cancelled, b.cooked, c.ingredient_id
    )
    select * from needed full join ledger using (restaurant_id, order_id, ingredient_id)
    where consumed is distinct from -quantity
      or reversed is distinct from case when cancelled then quantity end
      or waste is distinct from case when cancelled and cooked then -quantity end`,
}

/** References that lead nowhere, by the name of their foreign key. */
export async function danglingReferences(db: Db): Promise<string[]> {
  const keys = await db.execute<{
    name: string
    child: string
    parent: string
    pairs: string
    given: string
  }>(sql`
    select c.conname as name, c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
      string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' and ') as pairs,
      string_agg(format('c.%I is not null', ca.attname), ' and ') as given
    from pg_constraint c
    cross join lateral unnest(c.conkey, c.confkey) as k (child, parent)
    join pg_attribute ca on ca.attrelid = c.conrelid and ca.attnum = k.child
    join pg_attribute pa on pa.attrelid = c.confrelid and pa.attnum = k.parent
    where c.contype = 'f' and c.connamespace = current_schema()::regnamespace
    group by c.oid, c.conname, c.conrelid, c.confrelid`)
  const queries = keys.map(
    ({ name, child, parent, pairs, given }) =>
      `select '${name}' as name where exists (
        select from ${child} c where ${given} and not exists (select from ${parent} p where ${pairs}))`,
  )
  const dangling = await db.execute<{ name: string }>(sql.raw(queries.join(' union all ')))
  return dangling.map(({ name }) => name)
}

/** Orders whose stored business date is not the one that the clock on the restaurant's wall says. */
export async function wrongBusinessDates(db: Db): Promise<string[]> {
  const rows = await db.execute<{
    number: string
    date: string
    at: string
    zone: string
    cutoff: string
  }>(sql`
    select order_number as number, business_date::text as date, to_json(o.created_at) as at, time_zone as zone,
      to_char(day_cutoff, 'HH24:MI') as cutoff
    from orders o join restaurants r on r.id = o.restaurant_id`)
  return rows
    .filter(({ date, at, zone, cutoff }) => date !== businessDate(new Date(at), zone, cutoff))
    .map(({ number }) => number)
}
