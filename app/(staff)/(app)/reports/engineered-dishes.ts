import type { SoldDish } from '@/db/queries/reports/product-mix'
import { type EngineeredItem, engineerMenu, MENU_CLASSES, type MenuClass } from '@/domain/menu-engineering'

export type EngineeredDish = SoldDish & EngineeredItem

/** What people call the four classes, and what is usually done about a dish of each. */
export const CLASS_WORDS: Record<MenuClass, { name: string; advice: string }> = {
  star: { name: 'Star', advice: 'popular, good margin: keep it as it is, where everybody sees it' },
  plowhorse: { name: 'Plowhorse', advice: 'popular, small margin: price it up a little or make it cheaper' },
  puzzle: { name: 'Puzzle', advice: 'good margin, seldom ordered: show it, rename it, recommend it' },
  dog: { name: 'Dog', advice: 'neither: rework it or take it off' },
}

/** Each dish sold with its class, by class and then by revenue; those without a card come last. */
export function engineeredDishes(dishes: readonly SoldDish[]): EngineeredDish[] {
  const engineered = engineerMenu(dishes)
  const rank = ({ menuClass }: EngineeredDish) =>
    menuClass === null ? MENU_CLASSES.length : MENU_CLASSES.indexOf(menuClass)
  return dishes
    .flatMap((dish) => {
      const found = engineered.get(dish.menuItemId)
      return found ? [{ ...dish, ...found }] : []
    })
    .sort((one, other) => rank(one) - rank(other) || other.revenue - one.revenue)
}
