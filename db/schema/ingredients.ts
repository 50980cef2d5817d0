import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, numeric, pgTable, text, varchar } from 'drizzle-orm/pg-core'
import { ALLERGENS, ANIMAL_SOURCES, STORAGE_AREAS, UNITS } from '@/domain/vocabulary'
import { allOf, createdAt, oneOf } from './columns'
import { suppliers } from './suppliers'

export const ingredients = pgTable(
  'ingredients',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull().unique(),
    unit: text('unit', { enum: UNITS }).notNull(),
    /** Cents for one `unit`, with decimals: a gram of salt costs far less than a cent. */
    unitPrice: numeric('unit_price', { precision: 12, scale: 4 }).notNull(),
    supplierId: integer('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    isActive: boolean('is_active').notNull().default(true),
    /** How much of `unit` one ordering pack holds. */
    packSize: numeric('pack_size', { precision: 12, scale: 3 }).notNull().default('1'),
    /** Minimum that a restaurant starts with when it first stocks this ingredient. */
    minimum: numeric('minimum', { precision: 14, scale: 3 }).notNull().default('10'),
    /** Where every restaurant keeps it: a count goes area by area. */
    storageArea: text('storage_area', { enum: STORAGE_AREAS }).notNull().default('dry'),
    allergens: text('allergens').array().notNull().default(sql`'{}'::text[]`),
    /** What of it comes from animals. Null: nobody has said, and no dish with it is called vegan. */
    animalSources: text('animal_sources', { enum: ANIMAL_SOURCES }).array(),
    createdAt: createdAt(),
  },
  (t) => [
    // listIngredientsBySupplier: one supplier's active ingredients, by name.
    index('ingredients_supplier').on(t.supplierId, t.name).where(sql`${t.isActive}`),
    // createRecipes: the ingredient of that name, as people compare names.
    index('ingredients_name_key').on(sql`name_key(${t.name})`),
    // searchRecipes: the ingredients with a word in their name.
    index('ingredients_words').using('gin', sql`to_tsvector('recipe_words', ${t.name})`),
    check('ingredients_unit', oneOf('unit', UNITS)),
    check('ingredients_storage_area', oneOf('storage_area', STORAGE_AREAS)),
    check('ingredients_unit_price', sql`${t.unitPrice} >= 0`),
    check('ingredients_pack_size', sql`${t.packSize} > 0`),
    check('ingredients_minimum', sql`${t.minimum} >= 0`),
    check(
      'ingredients_allergens',
      sql`${t.allergens} <@ ${sql.raw(`array[${ALLERGENS.map((a) => `'${a}'`).join(', ')}]::text[]`)}`,
    ),
    check('ingredients_animal_sources', allOf('animal_sources', ANIMAL_SOURCES)),
  ],
)
