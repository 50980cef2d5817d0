import { type SQL, sql } from 'drizzle-orm'
import type { WallChanges, WallPicture } from '@/domain/live'
import type { RestaurantScope } from '@/domain/scope'
import { CHANNELS, OPEN_STATUSES } from '@/domain/vocabulary'
import type { WallEvent } from '@/domain/wall'
import type { Db } from '../client'
import { milliseconds, wallTickets } from '../fragments/wall-tickets'

/** Further behind than this, all tickets are fewer rows than what became of them. */
const MOST_NUMBERS = 1000

/** Written out, not bound: the planner must see that it is the predicate of the index `orders_on_wall`. */
const isOnWall = sql.raw(
  `(status in (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')}) or unacknowledged is not null)`,
)

/**
 * Everything that the walls of a restaurant show, of whichever business date, with the feed number that it belongs to.
 * One statement, so one snapshot of the database. All tickets, however many: one left out is one that nobody cooks.
 */
export async function takeWall(db: Db, scope: RestaurantScope): Promise<WallPicture> {
  const { id } = scope.restaurant
  const [row] = await db.execute<WallPicture>(sql`
    select ${feedSeq(id)}::float8 as seq, ${milliseconds(sql`now()`)} as at,
      ${ticketsJson(id, isOnWall)} as tickets, ${offJson(id)} as off, ${settingsJson(id)} as settings`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return row
}

/**
 * What a wall that knows feed number `since` has missed, from one snapshot of the database; null when that is more than
 * a thousand numbers, or a number that this feed has not come to (the database was put back): it needs the whole wall.
 * Numbers without an order's event tell that dishes or settings changed, and then all tickets are sent.
 */
export async function wallChanges(
  db: Db,
  scope: RestaurantScope,
  since: number,
): Promise<Required<WallChanges> | null> {
  const { id } = scope.restaurant
  type Row = Omit<Required<WallChanges>, 'since' | 'events'> & { events: WallEvent[] | null }
  const [row] = await db.execute<Row>(sql`
    with feed as (
      select seq, seq - ${since}::bigint between 0 and ${MOST_NUMBERS} as near from (select ${feedSeq(id)} as seq) f
    ), news as materialized (
      select seq, n, kind, order_id as "orderId" from order_events
      where restaurant_id = ${id} and seq > ${since}::bigint and (select near from feed)
    ), touched as (
      select distinct "orderId" as id from news
    ), told as (
      select (select count(distinct seq) from news) = feed.seq - ${since}::bigint as whole from feed
    )
    select feed.seq::float8 as seq, ${milliseconds(sql`now()`)} as at,
      case when near then (select coalesce(json_agg(news order by seq, n), '[]') from news) end as events,
      case when not near then '[]' when (select whole from told)
        then ${ticketsJson(id, sql`${isOnWall} and id in (select id from touched)`)}
        else ${ticketsJson(id, isOnWall)} end as tickets,
      (select coalesce(json_agg(id), '[]') from touched where not exists (
        select from orders o where o.restaurant_id = ${id} and o.id = touched.id and ${isOnWall}
      )) as gone,
      ${offJson(id)} as off, ${settingsJson(id)} as settings
    from feed`)
  if (!row) throw new Error('A select from one row returned none.')
  const { events, ...rest } = row
  return events && { since, events, ...rest }
}

/** The feed's number and the database's time, for each of these restaurants: what walls are confirmed by. */
export async function readFeeds(
  db: Db,
  scopes: readonly RestaurantScope[],
): Promise<{ restaurantId: number; seq: number; at: number }[]> {
  const ids = scopes.map((scope) => scope.restaurant.id)
  const rows = await db.execute<{ restaurantId: number; seq: number; at: number }>(sql`
    select r.id as "restaurantId", coalesce(f.seq, 0)::float8 as seq, ${milliseconds(sql`now()`)} as at
    from unnest(${sql.param(ids)}::int[]) r (id)
    left join kitchen_feed f on f.restaurant_id = r.id`)
  return [...rows]
}

const feedSeq = (restaurantId: number): SQL => sql`
  coalesce((select seq from kitchen_feed where restaurant_id = ${restaurantId}), 0)`

/** `WallTicket[]` of the orders that fulfil a condition, oldest first. */
const ticketsJson = (restaurantId: number, condition: SQL): SQL =>
  wallTickets(sql`select *, id as place from orders where restaurant_id = ${restaurantId} and ${condition}`)

/** `OffDish[]`, by name. */
const offJson = (restaurantId: number): SQL => sql`(
  select coalesce(json_agg(json_build_object(
    'menuItemId', m.id, 'name', m.name, 'portionsLeft', v.portions_left,
    'until', case when v.eighty_six_until > now() and v.eighty_six_until < 'infinity'
      then ${milliseconds(sql`v.eighty_six_until`)} end
  ) order by m.name, m.id), '[]')
  from menu_overrides v
  join menu_items m on m.id = v.menu_item_id
  where v.restaurant_id = ${restaurantId} and (v.eighty_six_until > now() or v.portions_left is not null)
)`

const channels = sql.raw(CHANNELS.map((channel) => `('${channel}')`).join(', '))

/** `WallSettings`: a channel without thresholds of its own has the restaurant's. */
const settingsJson = (restaurantId: number): SQL => sql`(
  select json_build_object('name', r.name, 'timeZone', r.time_zone, 'autoConfirm', r.auto_confirm, 'thresholds', (
    select json_object_agg(c.channel, json_build_object(
      'amberMinutes', coalesce(t.amber_minutes, r.amber_minutes),
      'redMinutes', coalesce(t.red_minutes, r.red_minutes)))
    from (values ${channels}) c (channel)
    left join age_thresholds t on t.restaurant_id = r.id and t.channel = c.channel
  ))
  from restaurants r where r.id = ${restaurantId}
)`
