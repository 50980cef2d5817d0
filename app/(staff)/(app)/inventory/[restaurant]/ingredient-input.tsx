'use client'

import { TextField } from '@/app/_ui/field'
import type { StockedIngredient } from '@/db/queries/stocked-ingredients'

const LIST = 'stocked-ingredients'

/** An ingredient by name, with the ones that there are to choose from. Needs one `IngredientDatalist` on its page. */
export const IngredientInput = (props: React.ComponentProps<typeof TextField>) => (
  <TextField list={LIST} autoComplete="off" maxLength={200} {...props} />
)

export const IngredientDatalist = ({ ingredients }: { ingredients: readonly StockedIngredient[] }) => (
  <datalist id={LIST}>
    {ingredients.map(({ ingredientId, name, unit }) => (
      <option key={ingredientId} value={name}>
        {unit}
      </option>
    ))}
  </datalist>
)

/** In what the ingredient of that name is measured; null while it is none. */
export const unitOf = (ingredients: readonly StockedIngredient[], name: string) =>
  ingredients.find((ingredient) => ingredient.name.toLowerCase() === name.trim().toLowerCase())?.unit ?? null
