import { sql } from 'drizzle-orm'

/**
 * A subquery of all categories as an open change set makes them, or as they are live: `id, name, is_active, sort_order,
 * is_draft`. To be ordered by `CATEGORY_ORDER`, which is the menu's.
 */
export const categoriesIn = (changeSetId: number | null) => sql`(
  select coalesce(c.id, e.subject_id) as id, coalesce(e.patch->>'name', c.name) as name,
    coalesce((e.patch->>'isActive')::boolean, c.is_active) as is_active,
    coalesce((e.patch->>'sortOrder')::int, c.sort_order) as sort_order, e.id is not null as is_draft
  from categories c
  full join (
    select e.* from change_set_edits e join change_sets s on s.id = e.change_set_id and s.state = 'open'
    where e.change_set_id = ${changeSetId}::int and e.subject = 'category'
  ) e on e.subject_id = c.id
)`

export const CATEGORY_ORDER = sql`sort_order, name, id`
