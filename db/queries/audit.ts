import { type SQL, sql } from 'drizzle-orm'
import { AUDIT_SUBJECTS } from '@/domain/audit'
import type { Fields } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'
import { milliseconds } from '../fragments/milliseconds'
import { thingName, thingsNamed } from '../fragments/thing-name'

export type AuditFilter = {
  /** A piece of the name or the address of whoever did it; empty is no filter, like null below. */
  person: string
  /** As the audit calls it, such as `menu_item`. */
  subject: string | null
  /** The id of one thing. */
  subjectId: string | null
  /** A piece of the thing's name, or its id. */
  thing: string
  /** Half-open, instants. */
  from: Date | null
  to: Date | null
}

export type AuditLine = {
  id: number
  /** Milliseconds since 1970. */
  at: number
  /** Null for what the command line, other software or a job did. */
  userId: number | null
  by: string | null
  restaurantId: number | null
  restaurant: string | null
  restaurantSlug: string | null
  /** `noun.verb`. */
  action: string
  subject: string
  subjectId: string
  /** What it is called now; null for what is gone. */
  thing: string | null
  before: Fields | null
  after: Fields | null
  publicationId: number | null
  publication: string | null
  /** Whether that publication was taken back already. */
  isUndone: boolean
}

type Scope = ChainScope<'audit:read'>

/** How many people or things of a name are looked through; whoever writes two letters gets the first of them. */
const MOST_FOUND = 200

/** One page of what was done, newest first, beginning after the line `before`; `next` is where the next page begins. */
export async function listAudit(
  db: Db,
  _scope: Scope,
  { before, limit, ...filter }: AuditFilter & { before: number | null; limit: number },
): Promise<{ lines: AuditLine[]; next: number | null }> {
  const conditions = await conditionsOf(db, filter)
  if (before !== null)
    conditions.push(
      sql`(a.created_at, a.id) < (select last.created_at, last.id from audit_log last where last.id = ${before})`,
    )
  const things = filter.thing === '' ? null : await findThings(db, filter.thing, filter.subject)
  const rows = await db.execute<AuditLine>(sql`
    select a.id::float8 as id, ${milliseconds(sql`a.created_at`)} as at, a.user_id as "userId", u.name as by,
      a.restaurant_id as "restaurantId", r.name as restaurant, r.slug as "restaurantSlug", a.action, a.subject,
      a.subject_id as "subjectId", ${thingName} as thing, a.before, a.after, a.publication_id as "publicationId",
      p.name as publication, exists (select from publications t where t.undoes = a.publication_id) as "isUndone"
    from (${newest(things, conditions, limit + 1)}) a
    left join users u on u.id = a.user_id
    left join restaurants r on r.id = a.restaurant_id
    left join publications p on p.id = a.publication_id
    order by a.created_at desc, a.id desc`)
  const lines = rows.slice(0, limit)
  return { lines, next: rows.length > limit ? (lines.at(-1)?.id ?? null) : null }
}

type Thing = { subject: string; id: string }

/** The newest lines; of some things one by one, as each has few of them wherever in the log they are. */
function newest(things: readonly Thing[] | null, conditions: readonly SQL[], limit: number): SQL {
  const order = sql`order by a.created_at desc, a.id desc limit ${limit}`
  const lines = (more: readonly SQL[]) => {
    const all = [...more, ...conditions]
    return sql`select a.* from audit_log a ${all.length > 0 ? sql`where ${sql.join(all, sql` and `)}` : sql``} ${order}`
  }
  if (!things) return lines([])
  return sql`select a.* from json_to_recordset(${JSON.stringify(things)}::text::json) as t (subject text, id text)
    cross join lateral (${lines([sql`a.subject = t.subject`, sql`a.subject_id = t.id`])}) a ${order}`
}

/** What has a piece of text in its name, or it for its id. */
async function findThings(db: Db, thing: string, subject: string | null): Promise<Thing[]> {
  const found = await db.execute<Thing>(sql`
    select subject, subject_id as id from (${thingsNamed(thing, subject)}) t
    where subject_id <> ${thing} limit ${MOST_FOUND}`)
  const kinds = AUDIT_SUBJECTS.filter((kind) => subject === null || subject === kind)
  return [...found, ...kinds.map((kind) => ({ subject: kind, id: thing }))]
}

/** Names are looked up first, so that the log itself is asked for ids, by which it has indexes. */
async function conditionsOf(db: Db, { person, subject, subjectId, from, to }: AuditFilter): Promise<SQL[]> {
  const conditions: SQL[] = []
  if (from) conditions.push(sql`a.created_at >= ${from.toISOString()}::timestamptz`)
  if (to) conditions.push(sql`a.created_at < ${to.toISOString()}::timestamptz`)
  if (subject !== null) conditions.push(sql`a.subject = ${subject}`)
  if (subjectId !== null) conditions.push(sql`a.subject_id = ${subjectId}`)
  if (person !== '') {
    const people = await db.execute<{ id: number }>(sql`
      select id from users u where ${holdsName(sql`u.name || ' ' || u.email`, person)} limit ${MOST_FOUND}`)
    const [only, ...others] = people.map(({ id }) => id)
    conditions.push(
      others.length === 0 && only !== undefined
        ? sql`a.user_id = ${only}`
        : sql`a.user_id = any(${sql.param(people.map(({ id }) => id))}::int[])`,
    )
  }
  return conditions
}

export type PriceChange = {
  /** Milliseconds since 1970. */
  at: number
  /** Who made it; null where nobody recorded it. */
  by: string | null
  /** Cents for one unit from then on, a numeric string with decimals. */
  unitPrice: string
}

const MOST_PRICES = 100

/** What an ingredient cost over time, newest first, 100 prices at most; empty for one that there is not. */
export async function listPriceHistory(
  db: Db,
  _scope: ChainScope<'menu:edit'> | ChainScope<'stock:read'>,
  ingredientId: number,
): Promise<PriceChange[]> {
  const changes = await db.execute<PriceChange & { replaced: string | null }>(sql`
    select ${milliseconds(sql`a.created_at`)} as at, u.name as by, a.after ->> 'unitPrice' as "unitPrice",
      a.before ->> 'unitPrice' as replaced
    from audit_log a left join users u on u.id = a.user_id
    where a.subject = 'ingredient' and a.subject_id = ${String(ingredientId)} and a.after ? 'unitPrice'
    order by a.id desc limit ${MOST_PRICES}`)
  const first = changes.at(-1)
  const prices = changes.map(({ at, by, unitPrice }) => ({ at, by, unitPrice }))
  if (changes.length === MOST_PRICES || (first && first.replaced === null)) return prices
  // It was there before anybody changed its price: that one counts from the day on which it was made.
  const [made] = await db.execute<PriceChange>(sql`
    select ${milliseconds(sql`i.created_at`)} as at, null as by,
      coalesce(${first?.replaced ?? null}, trim_scale(i.unit_price)::text) as "unitPrice"
    from ingredients i where i.id = ${ingredientId}`)
  return made ? [...prices, made] : prices
}
