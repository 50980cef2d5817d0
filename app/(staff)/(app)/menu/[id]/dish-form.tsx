'use client'

import { useMemo } from 'react'
import { RecordForm } from '@/app/_ui/form/record-form'
import type { MoneyFormat } from '@/app/_ui/money'
import type { DishSurroundings, RecipeFacts } from '@/db/queries/dish-form'
import { dishForm, dishValues } from '@/domain/dish-form'
import type { FormValues } from '@/domain/form-values'
import type { MenuItem } from '@/domain/menu-item'
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
      save={base ? 'Save dish' : 'Create dish'}
    >
      {(form) => <DishFields form={form} categories={categories} recipe={recipe} format={format} />}
    </RecordForm>
  )
}
