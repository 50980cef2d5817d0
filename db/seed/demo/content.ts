import { sql } from 'drizzle-orm'
import type { Db } from '../../client'
import { ANIMALS } from './animals'
import { BATCHES } from './batches'
import { CATEGORIES, type CategoryName, CHEFS, RESTAURANTS, SUPPLIERS } from './chain'
import { OVERRIDES, SHORTAGES } from './exceptions'
import { PANTRY } from './ingredients'
import { COURSES, MENU } from './menu'

/** Hands the whole demo chain to the database as one row of JSON in the temporary table `seed_content`. */
export async function handOverContent(tx: Db): Promise<void> {
  const content = {
    restaurants: RESTAURANTS,
    suppliers: SUPPLIERS,
    categories: CATEGORIES,
    chefs: CHEFS,
    overrides: OVERRIDES,
    shortages: SHORTAGES,
    batches: BATCHES.map(([dish, batch, quantity, unit]) => ({ dish, batch, quantity, unit })),
    ingredients: Object.entries(PANTRY).flatMap(([supplier, rows]) =>
      rows.map(([name, unit, price, pack, ...allergens]) => ({
        supplier,
        name,
        unit,
        price,
        pack,
        allergens,
        animals: name in ANIMALS ? ANIMALS[name] : [],
      })),
    ),
    dishes: Object.entries(MENU).flatMap(([category, dishes]) =>
      dishes.map((dish) => ({
        cuisine: 'Italian',
        featured: false,
        requests: [],
        ...dish,
        category,
        course: COURSES[category as CategoryName],
      })),
    ),
  }
  await tx.execute(sql`create temp table seed_content (content json)`)
  await tx.execute(sql`insert into seed_content values (${JSON.stringify(content)}::text::json)`)
}
