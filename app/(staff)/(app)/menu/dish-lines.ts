import type { MoneyFormat } from '@/app/_ui/money'
import type { MenuDish, MenuPage } from '@/db/queries/menu-list'
import { tellingDiets } from '@/domain/diet'
import { formatMoney } from '@/domain/money'
import { moneyText } from '@/domain/money-input'
import type { Diet } from '@/domain/vocabulary'
import { STATION_WORDS } from './station-words'

/** One dish of the list, with every figure written for the reader. */
export type DishLine = {
  id: number
  name: string
  description: string
  ingredients: string
  diets: Diet[]
  category: string
  station: string
  sold: string
  /** Of what the most sold of all dishes that the filters find sold, in percent. */
  share: number
  prep: number
  calories: string | null
  price: string
  /** The price as it is typed. */
  priceText: string
  cost: string | null
  /** Null for a dish without a recipe card, which needs nothing from the stock; empty for one that can't be prepared. */
  portions: string | null
  missing: string[]
  offUntil: string
  isAvailable: boolean
  isInActiveCategory: boolean
  /** Shown as the change set makes it. */
  isDraft: boolean
}

/** The dishes of a page as they are read. `timeZone` is that of the restaurant whose menu it is; null for the chain's. */
export function dishLines(
  { dishes, topUnits }: MenuPage,
  { currency, locale }: MoneyFormat,
  timeZone: string | null,
  drafted: ReadonlySet<number>,
): DishLine[] {
  // Making one costs more than all that it writes.
  const percent = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 })
  return dishes.map((dish) => ({
    id: dish.id,
    name: dish.name,
    description: dish.description,
    ingredients: dish.ingredients.join(', '),
    diets: tellingDiets(dish.diets),
    category: dish.category,
    station: STATION_WORDS[dish.station],
    sold: dish.units.toLocaleString(locale),
    share: Math.round((100 * dish.units) / Math.max(topUnits, 1)),
    prep: dish.prepMinutes,
    calories: dish.calories?.toLocaleString(locale) ?? null,
    price: formatMoney(dish.price, currency, locale),
    priceText: moneyText(dish.price, currency),
    cost: dish.foodCostPercent === null ? null : percent.format(dish.foodCostPercent),
    portions: dish.portions === 0 ? '' : (dish.portions?.toLocaleString(locale) ?? null),
    missing: dish.missing,
    offUntil: timeZone ? offUntilWords(dish, timeZone, locale) : '',
    isAvailable: dish.isAvailable,
    isInActiveCategory: dish.isInActiveCategory,
    isDraft: drafted.has(dish.id),
  }))
}

/** When a dish comes back by itself, in the restaurant's local time. */
const offUntilWords = ({ offUntil }: MenuDish, timeZone: string, locale: string): string =>
  offUntil === null
    ? 'further notice'
    : new Date(offUntil).toLocaleString(locale, {
        timeZone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
      })
