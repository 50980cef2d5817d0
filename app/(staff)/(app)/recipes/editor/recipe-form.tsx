'use client'

import { useMemo } from 'react'
import { RecordForm } from '@/app/_ui/form/record-form'
import type { MoneyFormat } from '@/app/_ui/money'
import type { RecipeChoices, SellingDish } from '@/db/queries/recipe-choices'
import type { RecipeCard } from '@/domain/recipe-card'
import { type CardNames, chefLabel, recipeForm, recipeValues } from '@/domain/recipe-form'
import { saveRecipe } from './actions'
import { RECIPE_LABELS, RecipeFields } from './recipe-fields'

/** A recipe's form: a new one, a copy of another (`copied`), or one of the book (`base`). */
export function RecipeForm({
  id,
  base,
  copied = null,
  changeSet,
  choices,
  dishes,
  format,
}: {
  id: number
  base: RecipeCard | null
  copied?: RecipeCard | null
  changeSet: { id: number; name: string } | null
  choices: RecipeChoices
  dishes: SellingDish[]
  format: MoneyFormat
}) {
  const toValues = useMemo(() => {
    const names = namesOf(choices)
    return (doc: RecipeCard) => recipeValues(doc, names)
  }, [choices])
  return (
    <RecordForm
      action={saveRecipe}
      id={id}
      base={base}
      changeSetId={changeSet?.id ?? null}
      toValues={toValues}
      initial={copied ? { ...toValues(copied), title: `Copy of ${copied.title}` } : { 'lines.portions': '1' }}
      schema={recipeForm}
      labels={RECIPE_LABELS}
      valueWords={valueWords}
      save={base ? 'Save recipe' : 'Add recipe'}
    >
      {(form) => (
        <RecipeFields
          form={form}
          isNew={base === null}
          choices={choices}
          dishes={dishes}
          changeSetName={changeSet?.name ?? null}
          format={format}
        />
      )}
    </RecordForm>
  )
}

const namesOf = ({ ingredients, chefs }: RecipeChoices): CardNames => ({
  ingredients: new Map(ingredients.map((ingredient) => [ingredient.id, ingredient])),
  chefs: new Map(chefs.map(({ id, name, isShared }) => [id, chefLabel(name, id, isShared)])),
})

/** In the table of two versions: for how many portions the amounts of a card are. */
const valueWords = (name: string, value: string): string => {
  if (name === 'lines.portions') return value === '1' ? 'for one portion:' : `for ${value} portions:`
  return name === 'difficulty' && value === '' ? 'by time' : value
}
