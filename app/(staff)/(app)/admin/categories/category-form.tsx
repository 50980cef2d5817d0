'use client'

import { CheckboxField, TextArea, TextField } from '@/app/_ui/field'
import { RecordForm } from '@/app/_ui/form/record-form'
import { type Category, categoryForm, categoryValues } from '@/domain/category'
import { tick } from '@/domain/form-fields'
import { saveCategory } from './actions'

const LABELS = {
  name: 'Name',
  description: 'Description',
  sortOrder: 'Place on the menu',
  isActive: 'On the menu',
}

export function CategoryForm({
  id,
  base,
  changeSetId,
  place,
  available,
}: {
  id: number
  base: Category | null
  changeSetId: number | null
  /** Of a new one, from 1. */
  place: number
  /** How many dishes go off the menu with it. */
  available: number
}) {
  return (
    <RecordForm
      action={saveCategory}
      id={id}
      base={base}
      changeSetId={changeSetId}
      toValues={categoryValues}
      initial={{ sortOrder: String(place), ...tick('isActive', true) }}
      schema={categoryForm}
      labels={LABELS}
      save={base ? 'Save' : 'Add category'}
    >
      {({ field, checkbox }) => (
        <>
          <TextField label={LABELS.name} required maxLength={100} {...field('name')} />
          <TextArea
            label={LABELS.description}
            hint="Guests read it below the name."
            maxLength={2000}
            {...field('description')}
          />
          <TextField
            label={LABELS.sortOrder}
            inputMode="numeric"
            hint="1 stands first. The list of categories moves them, too."
            className="max-w-60"
            {...field('sortOrder')}
          />
          <CheckboxField
            label={LABELS.isActive}
            hint={
              available > 0
                ? `Without it, its ${available === 1 ? 'dish goes' : `${available} dishes go`} off every menu at once.`
                : 'No dish on the menu stands in it.'
            }
            {...checkbox('isActive')}
          />
        </>
      )}
    </RecordForm>
  )
}
