import { sql } from 'drizzle-orm'
import { MENU_TAG } from '@/domain/cache-tags'
import { type Restaurant, restaurantDocument, type TicketAges } from '@/domain/restaurant'
import { CHANNELS } from '@/domain/vocabulary'
import type { Db } from '../client'
import type { RecordChange, RecordKind } from './kind'
import { tableRecords } from './table'

type Row = Omit<Restaurant, 'ages' | 'channelAges'> & { amber: number; red: number; channelAges: unknown }

const time = (column: string) => ({ column, type: 'time', read: `to_char(t.${column}, 'HH24:MI')` })

const rows = tableRecords<Omit<Row, 'channelAges'>>('restaurants', {
  name: { column: 'name', type: 'text' },
  slug: { column: 'slug', type: 'text' },
  address: { column: 'address', type: 'text' },
  phone: { column: 'phone', type: 'text' },
  isActive: { column: 'is_active', type: 'boolean' },
  openingTime: time('opening_time'),
  closingTime: time('closing_time'),
  timeZone: { column: 'time_zone', type: 'text' },
  dayCutoff: time('day_cutoff'),
  stockPolicy: { column: 'stock_policy', type: 'text' },
  autoConfirm: { column: 'auto_confirm', type: 'boolean' },
  amber: { column: 'amber_minutes', type: 'int' },
  red: { column: 'red_minutes', type: 'int' },
})

export const restaurantRecords: RecordKind<Restaurant> = {
  subject: 'restaurant',
  permission: 'chain:manage',
  schema: restaurantDocument,
  nameOf: ({ name }) => name,
  retired: { isActive: false },
  idsFrom: 'restaurants',
  async read(db, keys, lock) {
    const found = await rows.read(db, keys, lock)
    const ages = await db.execute<{ id: number; channel: string } & TicketAges>(sql`
      select restaurant_id as id, channel, amber_minutes as amber, red_minutes as red from age_thresholds
      where restaurant_id = any(${sql.param(keys.map(({ id }) => id))}::int[])`)
    return new Map(
      [...found].map(([key, { amber, red, ...rest }]) => {
        const own = ages.filter(({ id }) => String(id) === key)
        const channelAges = Object.fromEntries(
          CHANNELS.map((channel) => {
            const other = own.find((age) => age.channel === channel)
            return [channel, other ? { amber: other.amber, red: other.red } : null]
          }),
        ) as Restaurant['channelAges']
        return [key, { ...rest, ages: { amber, red }, channelAges }]
      }),
    )
  },
  async write(tx, changes) {
    await rows.write(
      tx,
      changes.map(({ key, before, after }) => ({
        key,
        before: before && toRow(before),
        after: toRow(after),
      })),
    )
    await writeAges(tx, changes)
    await keepSlugs(tx, changes)
  },
  stale: async (_, changes) => ({ tags: [MENU_TAG], screens: changes.map(({ key }) => key.id) }),
  constraints: { restaurants_slug_unique: { field: 'slug', reason: 'name_taken' } },
}

const toRow = ({ ages, channelAges, ...rest }: Restaurant) => ({ ...rest, ...ages })

async function writeAges(tx: Db, changes: readonly RecordChange<Restaurant>[]): Promise<void> {
  const ages = changes.flatMap(({ key, after }) =>
    CHANNELS.flatMap((channel) => {
      const own = after.channelAges[channel]
      return own ? [{ id: key.id, channel, ...own }] : []
    }),
  )
  await tx.execute(sql`
    delete from age_thresholds
    where restaurant_id = any(${sql.param(changes.map(({ key }) => key.id))}::int[])`)
  await tx.execute(sql`
    insert into age_thresholds (restaurant_id, channel, amber_minutes, red_minutes)
    select id, channel, amber, red from json_to_recordset(${JSON.stringify(ages)}::text::json)
      as g (id int, channel text, amber int, red int)`)
}

/** A slug that was given up leads to the present one, until another restaurant takes it. */
async function keepSlugs(tx: Db, changes: readonly RecordChange<Restaurant>[]): Promise<void> {
  const renamed = changes.filter(({ before, after }) => before?.slug !== after.slug)
  if (renamed.length === 0) return
  await tx.execute(sql`
    delete from former_slugs where slug = any(${sql.param(renamed.map(({ after }) => after.slug))}::text[])`)
  const former = renamed.flatMap(({ key, before }) => (before ? [{ id: key.id, slug: before.slug }] : []))
  await tx.execute(sql`
    insert into former_slugs (slug, restaurant_id)
    select slug, id from json_to_recordset(${JSON.stringify(former)}::text::json) as g (id int, slug text)
    on conflict (slug) do update set restaurant_id = excluded.restaurant_id, created_at = now()`)
}
