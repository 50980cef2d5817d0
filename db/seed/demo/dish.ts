import type { Station } from '@/domain/vocabulary'
import type { ChefName } from './chain'
import type { IngredientName } from './ingredients'

/** One line of a recipe card: what, how much of its unit goes into a portion, how it is prepared. */
type CardLine = readonly [ingredient: IngredientName, quantity: number, notes?: string]

/** A dish as the menu sells it, with the recipe that it sells. */
export type Dish = {
  name: string
  /** One line for the menu. */
  description: string
  /** Cents. */
  price: number
  station: Station
  /** Minutes on the line, everything prepared. */
  minutes: number
  calories: number
  /** How often it is ordered against the others of its course: 1 seldom, 10 all the time. */
  demand: number
  featured?: true
  cuisine?: string
  chef: ChefName
  difficulty: 1 | 2 | 3
  /** Minutes that the whole recipe takes, preparation included. */
  prepTime: number
  card: readonly CardLine[]
  /** How it is cooked, step by step, for any number of portions: quantities are on the card. */
  method: readonly string[]
  /** What guests ask for with it. */
  requests?: readonly string[]
}
