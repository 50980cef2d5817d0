/** Names of what mutations make stale and pages are made from. */

/** Everything about all menus: dishes, categories, recipe cards, which restaurants there are. */
export const MENU_TAG = 'menu'

/** One restaurant's menu: its prices, what it does not sell, what is 86'd there. */
export const menuTag = (restaurantId: number): string => `menu:${restaurantId}`

/** Everything about the recipe book: titles, cards, chefs, and the counts over all of it. */
export const RECIPES_TAG = 'recipes'

/** The figures that closed days are stored with, of any restaurant. */
export const KITCHEN_DAYS_TAG = 'kitchen-days'

/** Which alerts about stock are open, anywhere in the chain. */
export const STOCK_ALERTS_TAG = 'stock-alerts'
