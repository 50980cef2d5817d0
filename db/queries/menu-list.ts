import { type SQL, sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Diet, Station } from '@/domain/vocabulary'
import type { Db } from '../client'
import { dishesOnMenu, everyDish, menuRestaurantId } from '../fragments/menu'
import { type MenuFilter, matchesFilter, ofCategory } from '../fragments/menu-filter'
import { onHandHere, portionsLeft } from '../fragments/portions'

export const MENU_SORTS = ['popularity', 'name', 'price', 'prep', 'calories'] as const
export type MenuSort = (typeof MENU_SORTS)[number]

/** On the menu and to be had, on the menu but off right now, and for those who edit it: not on the chain's menu. */
export type MenuStatus = 'available' | 'eighty_sixed' | 'off_menu'

export type MenuPageParams = MenuFilter & {
  status: MenuStatus
  sort: MenuSort
  descending: boolean
  /** From 1; one beyond the end is the last. */
  page: number
  pageSize: number
  /** How many featured dishes to bring; they follow no filter. */
  featured: number
  /** Proof that the reader may see what a dish costs; without it no cost is read. */
  costs: RestaurantScope<'stock:read'> | ChainScope<'stock:read'> | null
  /** Proof that the reader may see what is not on the chain's menu. Null: only what is on it, and for a restaurant's. */
  edits: ChainScope<'menu:edit'> | null
}

export type MenuDish = {
  id: number
  name: string
  description: string
  category: string
  station: Station
  /** Units sold over the last 28 business days, in the chain or in this restaurant. */
  units: number
  /** Cents, as this restaurant sells it. */
  price: number
  prepMinutes: number
  calories: number | null
  /** By the recipe card; none for a dish without one. */
  diets: Diet[]
  /** Names in the order of the recipe card; empty for a dish without one. */
  ingredients: string[]
  /**
   * Whole portions that this restaurant's stock makes now, 9,999 at most; none means that it can't be prepared. Null for
   * the chain's menu, and for a dish without a card, which needs nothing from the stock.
   */
  portions: number | null
  /** Ingredients that don't reach for one portion. */
  missing: string[]
  /** Plate cost in percent of the price, one decimal. Null without a card, a price or the permission. */
  foodCostPercent: number | null
  /** When an 86 ends, in milliseconds since 1970; null for one until somebody ends it, and where there is none. */
  offUntil: number | null
  /** Whether the chain offers it, and in a category that it offers. */
  isAvailable: boolean
  isInActiveCategory: boolean
}

export type CategoryCount = {
  id: number
  name: string
  /** Dishes on the menu that can be had. */
  available: number
  /** Those that are off right now; where the reader edits the chain's menu, those that are not on it. */
  off: number
}

export type FeaturedDish = Pick<MenuDish, 'id' | 'name' | 'category' | 'price' | 'units'>

export type MenuPage = {
  dishes: MenuDish[]
  /** Dishes that the filters find, over all pages. */
  total: number
  /** The page that `dishes` are of. */
  page: number
  /** The most units that one of all these dishes sold. */
  topUnits: number
  /**
   * Active categories (all, where the reader edits the chain's menu) that hold a dish, in menu order, counted under all filters but category and status: the counts
   * say what choosing another one would find.
   */
  categories: CategoryCount[]
  /** Featured dishes that can be had, most sold first. */
  featured: FeaturedDish[]
}

const SORT_COLUMNS: Record<MenuSort, SQL> = {
  popularity: sql`d.units`,
  name: sql`d.name`,
  price: sql`d.price`,
  prep: sql`d.preparation_time`,
  calories: sql`d.calories`,
}

/**
 * A page of the menu with its filters' counts, in one statement that reads the menu once. Recipe cards and stock are
 * read for the rows of the page only. Equal dishes stand by name, then by id.
 */
export async function getMenuPage(
  db: Db,
  scope: ChainScope | RestaurantScope,
  { status, sort, descending, page, pageSize, featured, costs, edits, categoryId, ...filter }: MenuPageParams,
): Promise<MenuPage> {
  const ofStatus = status === 'available' ? sql`not is_off` : sql`is_off`
  const isChosen = ofCategory(categoryId)
  const source = edits && !('restaurant' in scope) ? everyDish : dishesOnMenu(scope)
  const order = sql`${SORT_COLUMNS[sort]} ${descending ? sql`desc` : sql`asc`} nulls last, d.name, d.id`
  const [found] = await db.execute<MenuPage>(sql`
    with dishes as materialized (
      select id, name, category_id, price, units, preparation_time, calories, recipe_id, eighty_sixed as is_off, off_until, is_featured,
        ${matchesFilter(filter)} as matches
      from ${source} on_menu
    ), counted as materialized (
      select category_id, count(*) filter (where not is_off)::int as available,
        count(*) filter (where is_off)::int as off,
        count(*) filter (where ${ofStatus})::int as found, max(units) filter (where ${ofStatus}) as top_units
      from dishes where matches group by category_id
    ), turned as materialized (
      select coalesce(sum(found), 0)::int as total, coalesce(max(top_units), 0) as top_units,
        greatest(least(${page}::int, ceil(coalesce(sum(found), 0) / ${pageSize}::numeric)::int), 1) as page
      from counted where ${isChosen}
    ), shown as materialized (
      select d.* from dishes d where matches and ${ofStatus} and ${isChosen}
      order by ${order} limit ${pageSize} offset (select (page - 1) * ${pageSize} from turned)
    ), cards as materialized (
      ${cardsOf(menuRestaurantId(scope))}
    )
    select turned.total, turned.page, turned.top_units as "topUnits",
      (
        select coalesce(json_agg(json_build_object(
          'id', d.id, 'name', d.name, 'description', m.description, 'category', c.name, 'station', m.station,
          'units', d.units, 'price', d.price, 'prepMinutes', d.preparation_time, 'calories', d.calories,
          'diets', coalesce((select r.dietary_restrictions from recipes r where r.id = m.recipe_id), '{}'),
          'ingredients', coalesce(k.ingredients, '{}'), 'portions', k.portions,
          'missing', coalesce(k.missing, '{}'), 'foodCostPercent',
          ${costs ? sql`round(100 * k.cost / nullif(d.price, 0), 1)` : sql`null`},
          'offUntil', floor(extract(epoch from d.off_until) * 1000),
          'isAvailable', m.is_available, 'isInActiveCategory', c.is_active
        ) order by ${order}), '[]')
        from shown d
        join menu_items m on m.id = d.id
        join categories c on c.id = d.category_id
        left join cards k on k.id = d.id
      ) as dishes,
      (
        select coalesce(json_agg(json_build_object(
          'id', c.id, 'name', c.name, 'available', n.available, 'off', n.off
        ) order by c.sort_order, c.name), '[]')
        from counted n join categories c on c.id = n.category_id
      ) as categories,
      (
        select coalesce(json_agg(json_build_object(
          'id', f.id, 'name', f.name, 'category', c.name, 'price', f.price, 'units', f.units
        ) order by f.units desc, f.name, f.id), '[]')
        from (
          select * from dishes where is_featured and not is_off
          order by units desc, name, id limit ${featured}
        ) f
        join categories c on c.id = f.category_id
      ) as featured
    from turned`)
  if (!found) throw new Error('An aggregate without GROUP BY returned no row.')
  return found
}

/**
 * The cards of the dishes `shown`, and `canBePrepared` in SQL: a dish can be prepared while the restaurant has as much of
 * each line of its card as one portion takes. An ingredient that it never stocked counts as none, stock below zero too.
 */
function cardsOf(restaurantId: number | null): SQL {
  return sql`select d.id, array_agg(i.name order by l.position, i.id) as ingredients,
        sum(l.quantity * i.unit_price) as cost,
        ${
          restaurantId === null
            ? sql`null::int as portions, null::text[] as missing`
            : sql`${portionsLeft} as portions,
        array_agg(i.name order by l.position, i.id) filter (where ${onHandHere} < l.quantity) as missing`
        }
      from recipe_ingredients l
      join shown d on d.recipe_id = l.recipe_id
      join ingredients i on i.id = l.ingredient_id
      ${
        restaurantId === null
          ? sql``
          : sql`left join stock_levels s on s.restaurant_id = ${restaurantId} and s.ingredient_id = l.ingredient_id`
      }
      where l.recipe_id = any (array(select recipe_id from shown))
      group by d.id`
}
