import { z } from 'zod'
import type { FormValues } from './form-values'
import { type MenuItem, MOST_PRICE, menuItemDocument } from './menu-item'
import { formatMoney } from './money'
import { moneyText, parseMoney } from './money-input'
import { exactCents, foodCostPercent, roundedCents } from './plate-cost'

/** "12" or "12 · Tagliata", as the suggestions write it: a recipe is named by its number. */
const RECIPE = /^\s*(?:no\.?\s*|#)?([1-9]\d{0,8})(?:\s*·.*)?\s*$/i

/** The number that a recipe's field begins with; null for none, or while only a name is typed. */
export const recipeNumber = (text: string): number | null => {
  const [, digits] = RECIPE.exec(text) ?? []
  return digits === undefined ? null : Number(digits)
}

const optional = z.string().default('')

/** From what a dish's form sends to the dish. */
export const dishForm = (currency: string): z.ZodType<MenuItem> =>
  z
    .object({
      name: z.unknown(),
      description: optional,
      price: optional,
      categoryId: optional,
      recipeId: optional,
      station: z.unknown(),
      prepMinutes: optional,
      calories: optional,
      isAvailable: optional,
      isFeatured: optional,
      photo: optional,
    })
    .transform((form, context) => {
      const refuse = (field: string, message: string) => {
        context.addIssue({ code: 'custom', path: [field], message })
        return 0
      }
      const price = parseMoney(form.price, currency)
      const isPrice = price !== null && price <= MOST_PRICE
      const recipe = recipeNumber(form.recipeId)
      return {
        ...form,
        price: isPrice
          ? price
          : refuse(
              'price',
              `Write a price up to ${formatMoney(MOST_PRICE, currency)}, such as ${moneyText(1250, currency)}.`,
            ),
        categoryId: /^[1-9]\d{0,8}$/.test(form.categoryId)
          ? Number(form.categoryId)
          : refuse('categoryId', 'Choose the category that it stands in.'),
        recipeId:
          recipe ??
          (form.recipeId.trim() === ''
            ? null
            : refuse('recipeId', 'Choose one of the recipes that are suggested, or write its number.')),
        calories: form.calories.trim() === '' ? null : form.calories,
        isAvailable: form.isAvailable === 'on',
        isFeatured: form.isFeatured === 'on',
        photo: form.photo === '' ? null : form.photo,
      }
    })
    .pipe(menuItemDocument as unknown as z.ZodType<MenuItem, never>)

/** What the form's fields begin with. */
export const dishValues =
  (currency: string) =>
  (dish: MenuItem): FormValues => ({
    name: dish.name,
    description: dish.description,
    price: moneyText(dish.price, currency),
    categoryId: String(dish.categoryId),
    recipeId: dish.recipeId === null ? '' : String(dish.recipeId),
    station: dish.station,
    prepMinutes: String(dish.prepMinutes),
    calories: dish.calories === null ? '' : String(dish.calories),
    ...(dish.isAvailable && { isAvailable: 'on' }),
    ...(dish.isFeatured && { isFeatured: 'on' }),
    photo: dish.photo ?? '',
  })

export type Margin = { cost: number; foodCostPercent: number | null; margin: number | null }

/**
 * What a plate costs in whole cents, and what a price in cents leaves over it: `margin` in cents, and the food cost, cost
 * ÷ price, in percent with one decimal, as kitchens reckon it and as the menu list and the recipe card do. Both are null
 * where nothing is asked for the dish. `exact` is the cost in cents as a decimal.
 */
export function marginOf(price: number | null, exact: string): Margin {
  const parts = exactCents(exact)
  const cost = roundedCents(parts)
  if (price === null || price <= 0) return { cost, foodCostPercent: null, margin: null }
  return { cost, foodCostPercent: foodCostPercent(parts, price), margin: price - cost }
}
