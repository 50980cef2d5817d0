import { sql } from 'drizzle-orm'
import type { GuestScope, RestaurantScope } from '@/domain/scope'
import type { Allergen, Diet } from '@/domain/vocabulary'
import type { Db } from '../client'
import { dishesOnMenu } from '../fragments/menu'

export type GuestDish = {
  id: number
  name: string
  description: string
  /** Cents. */
  price: number
  calories: number | null
  /** What the card's ingredients contain, in alphabetical order. Null for a dish without a card: nobody knows. */
  allergens: Allergen[] | null
  /** What the card's ingredients go with; empty for a dish without a card. */
  diets: Diet[]
  /** Off right now: on the menu, but not to be had. */
  soldOut: boolean
  /** See domain/photo.ts; null: there is none. */
  photo: string | null
}

export type GuestMenuSection = { id: number; name: string; description: string; dishes: GuestDish[] }

type Row = GuestDish & { categoryId: number; category: string; categoryDescription: string }

/**
 * What the guests of one restaurant can order, by category in menu order; in each, the dishes that can be had first,
 * featured and best-selling ones leading. Categories without a dish are left out.
 */
export async function getGuestMenu(db: Db, scope: GuestScope | RestaurantScope): Promise<GuestMenuSection[]> {
  const rows = await db.execute<Row>(sql`
    with contained as (
      select l.recipe_id, array_agg(distinct allergen order by allergen) filter (where allergen is not null) as allergens
      from menu_items m
      join recipe_ingredients l on l.recipe_id = m.recipe_id
      join ingredients i on i.id = l.ingredient_id
      left join lateral unnest(i.allergens) as allergen on true
      group by l.recipe_id
    )
    select d.id, d.name, d.description, d.price, d.calories, d.diets, d.eighty_sixed as "soldOut", d.photo,
      case when a.recipe_id is not null then coalesce(a.allergens, '{}') end as allergens,
      d.category_id as "categoryId", d.category, c.description as "categoryDescription"
    from ${dishesOnMenu(scope)} d
    join categories c on c.id = d.category_id
    left join contained a on a.recipe_id = d.recipe_id
    order by d.sort_order, d.category, d.eighty_sixed, d.is_featured desc, d.units desc, d.name, d.id`)
  return bySection(rows)
}

function bySection(rows: readonly Row[]): GuestMenuSection[] {
  const sections: GuestMenuSection[] = []
  for (const { categoryId, category, categoryDescription, ...dish } of rows) {
    const last = sections.at(-1)
    if (last?.id === categoryId) last.dishes.push(dish)
    else sections.push({ id: categoryId, name: category, description: categoryDescription, dishes: [dish] })
  }
  return sections
}
