import { sql } from 'drizzle-orm'
import type { MenuOverride } from '@/domain/menu-item'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

export type OverrideRow = {
  restaurantId: number
  slug: string
  restaurant: string
  /** What the restaurant has of its own now. */
  live: MenuOverride
  /** The same as the change set makes it; null where it does nothing to it. */
  drafted: MenuOverride | null
  /** When an 86 ends: milliseconds since 1970, `further_notice`, or null where the dish is not off. */
  off: number | 'further_notice' | null
  /** What a countdown has left; null: nobody counts. */
  portionsLeft: number | null
}

/** What every restaurant of the scope has of its own of one dish, by name; with an open change set also as that makes it. */
export async function listOverrideGrid(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { menuItemId, changeSetId }: { menuItemId: number; changeSetId: number | null },
): Promise<OverrideRow[]> {
  const rows = await db.execute<Omit<OverrideRow, 'drafted'> & { patch: Partial<MenuOverride> | null }>(sql`
    select r.id as "restaurantId", r.slug, r.name as restaurant,
      json_build_object('price', o.price, 'isAvailable', o.is_available) as live, e.patch,
      case when o.eighty_six_until = 'infinity' then '"further_notice"'::json
        when o.eighty_six_until > now() then to_json((extract(epoch from o.eighty_six_until) * 1000)::float8) end as off,
      o.portions_left as "portionsLeft"
    from restaurants r
    left join menu_overrides o on o.restaurant_id = r.id and o.menu_item_id = ${menuItemId}
    left join change_set_edits e on e.change_set_id = ${changeSetId}::int and e.subject = 'menu_override'
      and e.subject_id = ${menuItemId} and e.restaurant_id = r.id
      and exists (select from change_sets s where s.id = e.change_set_id and s.state = 'open')
    where r.id = any(${sql.param([...scope.restaurantIds])}::int[])
    order by r.name, r.id`)
  return rows.map(({ patch, ...row }) => ({ ...row, drafted: patch && { ...row.live, ...patch } }))
}
