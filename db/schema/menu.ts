import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  varchar,
} from 'drizzle-orm/pg-core'
import { STATIONS } from '@/domain/vocabulary'
import { createdAt, instant, oneOf } from './columns'
import { recipes } from './recipes'
import { restaurants } from './restaurants'

/** A dozen rows: scans only. */
export const categories = pgTable(
  'categories',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 100 }).notNull().unique(),
    description: text('description').notNull().default(''),
    isActive: boolean('is_active').notNull().default(true),
    sortOrder: integer('sort_order').notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [check('categories_sort_order', sql`${t.sortOrder} >= 0`)],
)

/**
 * The chain's menu: some thousands of rows at most, and the list page reads all available ones to rank them, so
 * indexes on price, name, availability or featured would never be chosen by the planner.
 */
export const menuItems = pgTable(
  'menu_items',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    description: text('description').notNull(),
    /** Cents. */
    price: integer('price').notNull(),
    categoryId: integer('category_id')
      .notNull()
      .references((): AnyPgColumn => categories.id),
    /** Minutes. */
    preparationTime: integer('preparation_time').notNull(),
    /** Null: as the recipe says. */
    calories: integer('calories'),
    /** Names the file of its photo, by its content; null: there is none. */
    photo: varchar('photo', { length: 64 }),
    isAvailable: boolean('is_available').notNull().default(true),
    isFeatured: boolean('is_featured').notNull().default(false),
    station: text('station', { enum: STATIONS }).notNull(),
    recipeId: integer('recipe_id').references(() => recipes.id),
    createdAt: createdAt(),
  },
  (t) => [
    // listDishesUsing: from a short ingredient over its recipes to the dishes that sell them.
    index('menu_items_recipe').on(t.recipeId),
    // checkImport and takeImport: the dish of that name, as people compare names.
    index('menu_items_name_key').on(sql`name_key(${t.name})`),
    check('menu_items_price', sql`${t.price} >= 0`),
    check('menu_items_preparation_time', sql`${t.preparationTime} >= 0`),
    check('menu_items_calories', sql`${t.calories} >= 0`),
    check('menu_items_station', oneOf('station', STATIONS)),
  ],
)

/** What one restaurant does differently from the chain. No row, or a null, means "as the chain". */
export const menuOverrides = pgTable(
  'menu_overrides',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    menuItemId: integer('menu_item_id')
      .notNull()
      .references(() => menuItems.id),
    /** Cents. */
    price: integer('price'),
    isAvailable: boolean('is_available'),
    /** 86: off the menu until then; `infinity` means until somebody says so. */
    eightySixUntil: instant('eighty_six_until'),
    /** A countdown: orders take from it, and at 0 the dish is off until somebody says so. Null: nobody counts. */
    portionsLeft: integer('portions_left'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.menuItemId] }),
    check('menu_overrides_price', sql`${t.price} >= 0`),
    check('menu_overrides_portions_left', sql`${t.portionsLeft} >= 0`),
  ],
)
