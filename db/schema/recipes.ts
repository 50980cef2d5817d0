import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import { DIETS, UNITS } from '@/domain/vocabulary'
import { allOf, createdAt, instant, oneOf } from './columns'
import { ingredients } from './ingredients'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** The chain's chefs: a thousand rows. */
export const chefs = pgTable(
  'chefs',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    experienceYears: smallint('experience_years').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // createRecipes: the chef of that name, as people compare names.
    index('chefs_name_key').on(sql`name_key(${t.name})`),
    // searchRecipes: the chefs with a word in their name. The table is small, but taking its names apart is not cheap.
    index('chefs_words').using('gin', sql`to_tsvector('recipe_words', ${t.name})`),
    check('chefs_experience', sql`${t.experienceYears} between 0 and 80`),
  ],
)

export const recipes = pgTable(
  'recipes',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    title: varchar('title', { length: 200 }).notNull(),
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
    /**
     * The title's words, stemmed and without accents, as a trigger keeps them. Stored, since a search in the order of an
     * index asks it of every row that it passes, and taking a title apart costs twenty times more than looking. Not
     * generated: to add such a column writes the table anew, with readers waiting.
     */
    titleStems: tsvector('title_stems').notNull(),
    /** What a source calls the recipe, hashed, so that it is found again; null for one that was typed here. */
    importKey: uuid('import_key'),
    /** A hash of what the source last said of it: a source that repeats itself changes nothing. */
    importHash: uuid('import_hash'),
    /** `recipe_imports.id` and the row in that file, as it last came from a file. */
    importId: integer('import_id'),
    importRow: integer('import_row'),
    /**
     * The diets that the card's ingredients go with (domain/diet.ts). Derived, and written by whatever writes a card or
     * says what an ingredient is. Who says nothing claims nothing.
     */
    dietaryRestrictions: text('dietary_restrictions', { enum: DIETS })
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    createdAt: createdAt(),
  },
  (t) => [
    // createRecipes: is it in the book already?
    uniqueIndex('recipes_import_key').on(t.importKey).where(sql`${t.importKey} is not null`),
    // searchRecipes walks one of these five in the order that was asked for until its page is full, and gathers the
    // matches through the last two where they are too few to be met that way. See docs/performance.md.
    index('recipes_prep').on(t.prepTime, t.id),
    // One cuisine, quickest first; also the rare cuisine in any other order.
    index('recipes_cuisine_prep').on(t.cuisine, t.prepTime, t.id),
    // Difficulty goes with prep time: the hard ones begin where half of recipes_prep has passed.
    index('recipes_difficulty_prep').on(t.difficulty, t.prepTime, t.id),
    index('recipes_newest').on(t.createdAt, t.id),
    index('recipes_title').on(t.title, t.id),
    // searchRecipes by the chef's experience or name, and the reference's check.
    index('recipes_chef').on(t.chefId, t.id),
    // Words of the title, ingredients of the card, the cuisine and the diets in one: intersecting the columns of one index
    // takes a third to a tenth of the time of intersecting two, and hardly more space. Also listSimilarRecipes.
    index('recipes_search').using('gin', t.titleStems, t.ingredientIds, t.cuisine, t.dietaryRestrictions),
    // Left out: (difficulty) and (cuisine, difficulty), no query reads a difficulty but in order of prep time, and
    // recipes_difficulty_prep begins with it; (prep_time) where it is under 30, which is the beginning of recipes_prep;
    // trigrams of the title, eight times the size of the words: misspelled words are looked up in search_words.
    check('recipes_difficulty', sql`${t.difficulty} between 1 and 3`),
    check('recipes_prep_time', sql`${t.prepTime} between 0 and 10080`),
    check('recipes_calories', sql`${t.calories} >= 0`),
    check('recipes_dietary_restrictions', allOf('dietary_restrictions', DIETS)),
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

/** The method, step by step. A table of its own, so that the rows that every search reads stay narrow. */
export const recipeSteps = pgTable(
  'recipe_steps',
  {
    recipeId: integer('recipe_id')
      .notNull()
      .references(() => recipes.id, { onDelete: 'cascade' }),
    /** From 1. A gap is harmless: the page counts the steps itself. */
    position: smallint('position').notNull(),
    text: text('text').notNull(),
  },
  (t) => [
    // The key also serves getRecipeCard: the whole method of one recipe, in its order.
    primaryKey({ columns: [t.recipeId, t.position] }),
    check('recipe_steps_position', sql`${t.position} >= 1`),
    check('recipe_steps_text', sql`${t.text} ~ '\\S' and length(${t.text}) <= 2000`),
  ],
)

/** What a recipe takes from the batch that the kitchen makes ahead, for one portion: 0.15 l of Ragù. */
export const recipeComponents = pgTable(
  'recipe_components',
  {
    recipeId: integer('recipe_id')
      .notNull()
      .references(() => recipes.id, { onDelete: 'cascade' }),
    name: varchar('name', { length: 100 }).notNull(),
    quantity: numeric('quantity', { precision: 12, scale: 3 }).notNull(),
    unit: text('unit', { enum: UNITS }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recipeId, t.name] }),
    check('recipe_components_quantity', sql`${t.quantity} > 0`),
    check('recipe_components_unit', oneOf('unit', UNITS)),
  ],
)

/** One row for each file that recipes were imported from, with how far its last import came. */
export const recipeImports = pgTable(
  'recipe_imports',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** SHA-256 of the file's content, in hexadecimal: a file is known wherever it lies. */
    contentHash: varchar('content_hash', { length: 64 }).notNull(),
    /** Whose ids the file has. */
    source: varchar('source', { length: 100 }).notNull(),
    fileName: text('file_name').notNull(),
    /** The number of the last row that is committed. */
    lastRow: integer('last_row').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    newChefs: integer('new_chefs').notNull().default(0),
    newIngredients: integer('new_ingredients').notNull().default(0),
    /** How many bytes of the file of rejects are committed. */
    rejectBytes: bigint('reject_bytes', { mode: 'number' }).notNull().default(0),
    startedAt: instant('started_at').notNull().defaultNow(),
    /** Null while it runs, and after it was interrupted. */
    finishedAt: instant('finished_at'),
  },
  (t) => [unique('recipe_imports_file').on(t.contentHash, t.source)],
)

/**
 * How many recipes there are of each cuisine, difficulty and prep time, as changes to add up: statements on `recipes`
 * append theirs by trigger, in the same transaction, and a job sums them up now and then. Appending never waits for
 * anybody, so that two imports and an editor don't queue for one counter. A few thousand rows: scans only.
 */
export const recipeTallies = pgTable('recipe_tallies', {
  cuisine: varchar('cuisine', { length: 100 }).notNull(),
  difficulty: smallint('difficulty').notNull(),
  prepTime: integer('prep_time').notNull(),
  /** To be added to the others of its kind; negative for recipes that went or changed. */
  recipes: integer('recipes').notNull(),
})

/** On how many cards an ingredient stands, as of the last rollup: the weights of listSimilarRecipes. */
export const ingredientFrequencies = pgTable(
  'ingredient_frequencies',
  {
    ingredientId: integer('ingredient_id')
      .primaryKey()
      .references(() => ingredients.id),
    recipes: integer('recipes').notNull(),
    /** Recipes in the book at that time. */
    ofRecipes: integer('of_recipes').notNull(),
    computedAt: instant('computed_at').notNull().defaultNow(),
  },
  (t) => [check('ingredient_frequencies_share', sql`${t.recipes} between 0 and ${t.ofRecipes}`)],
)

/** Words of titles, ingredients and chefs without accents, as of the last rollup, to correct misspelled ones from. */
export const searchWords = pgTable(
  'search_words',
  {
    word: text('word').primaryKey(),
    /** Titles and names that have it. */
    uses: integer('uses').notNull(),
  },
  (t) => [
    // Left out: trigrams of the word. A book of 50,000 recipes has some hundreds of words, and even at 20,000 the
    // planner reads them all.
    check('search_words_uses', sql`${t.uses} > 0`),
  ],
)
