import type { CategoryName } from './chain'
import type { Dish } from './dish'
import { ANTIPASTI } from './dishes/antipasti'
import { DESSERTS } from './dishes/desserts'
import { DRINKS } from './dishes/drinks'
import { FISH } from './dishes/fish'
import { GRILL } from './dishes/grill'
import { PASTA } from './dishes/pasta'
import { PIZZA } from './dishes/pizza'
import { RISOTTO } from './dishes/risotto'
import { SOUPS_AND_SALADS } from './dishes/soups-and-salads'
import { VEGETABLES_AND_SIDES } from './dishes/vegetables-and-sides'

/** The whole menu of the demo chain. */
export const MENU: Record<CategoryName, readonly Dish[]> = {
  Antipasti: ANTIPASTI,
  'Soups and salads': SOUPS_AND_SALADS,
  'Pasta and risotto': [...PASTA, ...RISOTTO],
  Pizza: PIZZA,
  'From the grill': GRILL,
  Fish: FISH,
  'Vegetables and sides': VEGETABLES_AND_SIDES,
  Desserts: DESSERTS,
  Drinks: DRINKS,
}

/** Which part of a meal a category is ordered for. */
export const COURSES: Record<CategoryName, 'starter' | 'main' | 'side' | 'dessert' | 'drink'> = {
  Antipasti: 'starter',
  'Soups and salads': 'starter',
  'Pasta and risotto': 'main',
  Pizza: 'main',
  'From the grill': 'main',
  Fish: 'main',
  'Vegetables and sides': 'side',
  Desserts: 'dessert',
  Drinks: 'drink',
}
