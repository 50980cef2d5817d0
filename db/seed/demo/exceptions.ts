import type { RESTAURANTS } from './chain'
import type { IngredientName } from './ingredients'

type Slug = (typeof RESTAURANTS)[number]['slug']

type Override = {
  restaurant: Slug
  dish: string
  price?: number
  available?: false
  /** Off the menu until somebody puts it back. */
  eightySixed?: true
}

/** What one house does differently from the chain. */
export const OVERRIDES: readonly Override[] = [
  { restaurant: 'berlin', dish: 'Sea bass with fennel', eightySixed: true },
  { restaurant: 'london', dish: 'Nord burger', price: 1790 },
  { restaurant: 'new-york', dish: 'Margherita', price: 1390 },
  { restaurant: 'new-york', dish: 'Negroni', price: 1350 },
  { restaurant: 'new-york', dish: 'Sirloin steak, 300 g', price: 3950 },
  { restaurant: 'tokyo', dish: 'Lamb cutlets scottadito', available: false },
  { restaurant: 'tokyo', dish: 'Salsiccia with lentils', available: false },
]

type Shortage = {
  restaurant: Slug
  ingredient: IngredientName
  /** What is left, as a share of the restaurant's minimum: 0 is out. */
  left: number
  /** Why, as the ledger has it. */
  note: string
}

/** What is running out at the moment of loading. */
export const SHORTAGES: readonly Shortage[] = [
  { restaurant: 'berlin', ingredient: 'Sea bass fillet', left: 0, note: 'Cold room 2 too warm overnight' },
  { restaurant: 'berlin', ingredient: 'Burrata', left: 0.6, note: 'Split in delivery' },
  { restaurant: 'berlin', ingredient: 'Basil', left: 0.4, note: 'Wilted' },
  { restaurant: 'berlin', ingredient: 'Lemons', left: 0.9, note: 'Mould in the crate' },
  { restaurant: 'london', ingredient: 'Guanciale', left: 0, note: 'Past its date' },
  { restaurant: 'london', ingredient: 'Rocket', left: 0.5, note: 'Wilted' },
  { restaurant: 'london', ingredient: 'Mascarpone', left: 0.7, note: 'Past its date' },
  { restaurant: 'new-york', ingredient: 'Beef sirloin', left: 0.8, note: 'Trimmed: too much fat' },
  { restaurant: 'new-york', ingredient: 'Mozzarella', left: 0.5, note: 'Bag open overnight' },
  { restaurant: 'new-york', ingredient: 'Prosecco', left: 0.3, note: 'Case broken' },
  { restaurant: 'tokyo', ingredient: 'Spinach', left: 0.4, note: 'Wilted' },
  { restaurant: 'tokyo', ingredient: 'Saffron', left: 0.6, note: 'Damp' },
]
