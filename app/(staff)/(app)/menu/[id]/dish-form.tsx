'use client'

import { useMemo } from 'react'
import { RecordForm } from '@/app/_ui/form/record-form'
import type { MoneyFormat } from '@/app/_ui/money'
import type { DishSurroundings, RecipeFacts } from '@/db/queries/dish-form'
import { dishForm, dishValues } from '@/domain/dish-form'
import type { FormValues } from '@/domain/form-values'
import type { MenuItem } from '@/domain/menu-item'
import { STATION_WORDS } from '../station-words'
import { saveDish } from './actions'
import { DishFields } from './dish-fields'

const LABELS = {
  name: 'Name',
  description: 'Description',
  price: 'Price',
  categoryId: 'Category',
  recipeId: 'Recipe',
  station: 'Station',
  prepMinutes: 'Prep minutes',
  calories: 'Calories',
  isAvailable: 'On the menu',
  isFeatured: 'Featured',
  photo: 'Photo',
}

/** What the two versions of a conflict say, where the form holds numbers and words of ours. */
function words(name: string, value: string, categories: DishSurroundings['categories']): string {
  if (name === 'categoryId') return categories.find(({ id }) => String(id) === value)?.name ?? value
  if (name === 'recipeId') return value ? `No. ${value}` : 'none'
  if (name === 'station') return STATION_WORDS[value as keyof typeof STATION_WORDS] ?? value
  if (name === 'photo') return value ? 'a picture' : 'none'
  return value
}

export function DishForm({
  id,
  base,
  initial = {},
  changeSetId,
  categories,
  recipe,
  format,
}: {
  id: number
  /** Null for a new dish, whose fields begin with `initial`. */
  base: MenuItem | null
  initial?: FormValues
  changeSetId: number | null
  categories: DishSurroundings['categories']
  recipe: RecipeFacts | null
  format: MoneyFormat
}) {
  const { currency } = format
  const schema = useMemo(() => dishForm(currency), [currency])
  const toValues = useMemo(() => dishValues(currency), [currency])
  return (
    <RecordForm
      action={saveDish}
      id={id}
      base={base}
      initial={initial}
      changeSetId={changeSetId}
      toValues={toValues}
      schema={schema}
      labels={LABELS}
      valueWords={(name, value) => words(name, value, categories)}
      save={base ? 'Save dish' : 'Create dish'}
    >
      {(form) => <DishFields form={form} categories={categories} recipe={recipe} format={format} />}
    </RecordForm>
  )
}
