import type { Category } from '@/domain/category'
import type { Ingredient } from '@/domain/ingredient'
import type { MenuItem, MenuOverride } from '@/domain/menu-item'
import type { RecipeCard } from '@/domain/recipe-card'
import type { RecordSubject } from '@/domain/record'
import type { Restaurant } from '@/domain/restaurant'
import type { Supplier } from '@/domain/supplier'
import { ingredientRecords, supplierRecords } from './goods'
import type { RecordKind } from './kind'
import { categoryRecords, menuItemRecords, menuOverrideRecords } from './menu'
import { recipeRecords } from './recipes'
import { restaurantRecords } from './restaurants'

/** The document of each kind of record. */
export type Documents = {
  restaurant: Restaurant
  supplier: Supplier
  ingredient: Ingredient
  category: Category
  recipe: RecipeCard
  menu_item: MenuItem
  menu_override: MenuOverride
}

/** All that forms edit, in the order in which a transaction locks them. */
export const RECORDS: { [S in RecordSubject]: RecordKind<Documents[S]> } = {
  restaurant: restaurantRecords,
  supplier: supplierRecords,
  ingredient: ingredientRecords,
  category: categoryRecords,
  recipe: recipeRecords,
  menu_item: menuItemRecords,
  menu_override: menuOverrideRecords,
}

/** The override that changes nothing. */
export const AS_THE_CHAIN: MenuOverride = { price: null, isAvailable: null }
