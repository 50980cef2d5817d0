import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  varchar,
} from 'drizzle-orm/pg-core'
import { createdAt } from './columns'
import { ingredients } from './ingredients'

/** The chain's chefs. A thousand rows, only ever reached by key: no index beyond it. */
export const chefs = pgTable(
  'chefs',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    experienceYears: smallint('experience_years').notNull(),
    createdAt: createdAt(),
  },
  (t) => [check('chefs_experience', sql`${t.experienceYears} between 0 and 80`)],
)

export const recipes = pgTable(
  'recipes',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    cuisine: varchar('cuisine', { length: 100 }).notNull(),
    /** 1 easy, 2 medium, 3 hard. */
    difficulty: smallint('difficulty').notNull(),
    /** Minutes. */
    prepTime: integer('prep_time').notNull(),
    chefId: integer('chef_id')
      .notNull()
      .references(() => chefs.id),
    calories: integer('calories'),
    /**
     * The ids of the card's ingredients, so that "contains all of these" is one index look-up instead of a join per
     * ingredient. Derived from `recipe_ingredients` and written by the same statement that writes a card.
     */
    ingredientIds: integer('ingredient_ids').array().notNull().default(sql`'{}'::integer[]`),
    createdAt: createdAt(),
  },
  (t) => [
    // listRecipes by cuisine, quickest first; its columns are the course's (cuisine) and (cuisine, difficulty) in one:
    // difficulty has three values and is filtered from the few rows that the cuisine leaves.
    index('recipes_cuisine_prep').on(t.cuisine, t.prepTime, t.id),
    // listRecipes with "quick" and no cuisine: a fifth of the book, so the index holds those rows only.
    index('recipes_quick').on(t.prepTime, t.id).where(sql`${t.prepTime} < 30`),
    // listChefRecipes, and the reference's check when a chef is deactivated.
    index('recipes_chef').on(t.chefId, t.id),
    // searchRecipeNames: words anywhere in a title, spelling mistakes included.
    index('recipes_name_trigrams').using('gin', t.name.op('gin_trgm_ops')),
    // listRecipes with `contains`: array containment over the card's ingredients.
    index('recipes_ingredient_ids').using('gin', t.ingredientIds),
    // Left out: (difficulty), three values over the whole book, no query would use it; (prep_time) alone, the partial
    // index above serves the quick ones and nobody asks for slow recipes of every cuisine.
    check('recipes_difficulty', sql`${t.difficulty} between 1 and 3`),
    check('recipes_prep_time', sql`${t.prepTime} between 0 and 10080`),
    check('recipes_calories', sql`${t.calories} >= 0`),
  ],
)

export const recipeIngredients = pgTable(
  'recipe_ingredients',
  {
    recipeId: integer('recipe_id')
      .notNull()
      .references(() => recipes.id, { onDelete: 'cascade' }),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** For one portion, in the ingredient's unit. */
    quantity: numeric('quantity', { precision: 12, scale: 3 }).notNull(),
    notes: text('notes').notNull().default(''),
    position: smallint('position').notNull().default(0),
  },
  (t) => [
    // The key also serves getRecipeCard and canBePrepared: all lines of one recipe.
    primaryKey({ columns: [t.recipeId, t.ingredientId] }),
    // listDishesUsing: which dishes a shortage stops.
    index('recipe_ingredients_ingredient').on(t.ingredientId, t.recipeId),
    check('recipe_ingredients_quantity', sql`${t.quantity} > 0`),
  ],
)
