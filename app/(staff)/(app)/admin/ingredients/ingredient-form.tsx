'use client'

import { useCallback, useState } from 'react'
import { ANIMAL_SOURCE_WORDS } from '@/app/_ui/diet-words'
import { CheckboxField, SelectField, TextField } from '@/app/_ui/field'
import { FieldGroup } from '@/app/_ui/field-group'
import { fieldId } from '@/app/_ui/form/field-names'
import { type FormView, RecordForm } from '@/app/_ui/form/record-form'
import type { MoneyFormat } from '@/app/_ui/money'
import type { IngredientUse } from '@/db/queries/ingredients'
import { tick } from '@/domain/form-fields'
import { type Ingredient, ingredientForm, ingredientValues, NO_ANIMAL } from '@/domain/ingredient'
import { parseUnitPrice } from '@/domain/unit-price'
import { ALLERGENS, ANIMAL_SOURCES, STORAGE_AREAS, UNITS } from '@/domain/vocabulary'
import { saveIngredient } from './actions'
import { PriceEffect } from './price-effect'

const LABELS = {
  name: 'Name',
  unit: 'Unit',
  unitPrice: 'Price of one unit',
  supplierId: 'Supplier',
  packSize: 'Pack size',
  minimum: 'Minimum',
  storageArea: 'Kept',
  allergens: 'Allergens',
  animalSources: 'From animals',
  isActive: 'Active',
}

const NEW = { packSize: '1', minimum: '10', storageArea: 'dry', ...tick('isActive', true) }

type Props = {
  id: number
  base: Ingredient | null
  suppliers: readonly { id: number; name: string; isActive: boolean }[]
  /** Null for a new one. */
  use: IngredientUse | null
  format: MoneyFormat
}

export function IngredientForm({ id, base, suppliers, use, format }: Props) {
  const { currency } = format
  const toValues = useCallback((doc: Ingredient) => ingredientValues(doc, currency), [currency])
  const nameOf = (name: string, value: string) =>
    name === 'supplierId' ? (suppliers.find(({ id }) => String(id) === value)?.name ?? value) : value
  return (
    <RecordForm
      action={saveIngredient}
      id={id}
      base={base}
      changeSetId={null}
      toValues={toValues}
      initial={NEW}
      schema={ingredientForm(currency)}
      labels={LABELS}
      valueWords={nameOf}
      save={base ? 'Save' : 'Add ingredient'}
    >
      {(form) => <Fields form={form} base={base} suppliers={suppliers} use={use} format={format} />}
    </RecordForm>
  )
}

function Fields({ form, base, suppliers, use, format }: Omit<Props, 'id'> & { form: FormView }) {
  const { field, checkbox, error, values } = form
  const { currency } = format
  const [typed, setTyped] = useState(() => parseUnitPrice(values.unitPrice ?? '', currency))
  return (
    <>
      <TextField label={LABELS.name} required maxLength={200} {...field('name')} />
      <div className="grid items-start gap-4 md:grid-cols-3">
        <SelectField
          label={LABELS.unit}
          hint="Cards and stock count in it, so it stays once they do."
          {...field('unit')}
        >
          <option value="">Choose</option>
          {UNITS.map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </SelectField>
        <TextField
          label={`${LABELS.unitPrice}, ${currency}`}
          inputMode="decimal"
          hint="As small as it is: 0.0125 is fine."
          onInput={({ currentTarget }) => setTyped(parseUnitPrice(currentTarget.value, currency))}
          {...field('unitPrice')}
        />
        <SelectField label={LABELS.supplierId} {...field('supplierId')}>
          <option value="">Choose</option>
          {suppliers.map(({ id, name, isActive }) => (
            <option key={id} value={id}>
              {isActive ? name : `${name} (inactive)`}
            </option>
          ))}
        </SelectField>
        <TextField
          label={LABELS.packSize}
          inputMode="decimal"
          hint="In the unit: how much one ordering pack holds."
          {...field('packSize')}
        />
        <TextField
          label={LABELS.minimum}
          inputMode="decimal"
          hint="In the unit: where restaurants that first stock it begin to be warned."
          {...field('minimum')}
        />
        <SelectField
          label={LABELS.storageArea}
          hint="A count goes through one such place after the other."
          {...field('storageArea')}
        >
          {STORAGE_AREAS.map((area) => (
            <option key={area}>{area}</option>
          ))}
        </SelectField>
      </div>
      {base && use ? <PriceEffect use={use} stored={base.unitPrice} typed={typed} format={format} /> : null}
      <FieldGroup
        id={fieldId('allergens')}
        label={LABELS.allergens}
        hint="Guests read them with every dish that needs it."
        error={error('allergens')}
        className="grid grid-cols-2 gap-x-5 md:grid-cols-4"
      >
        {ALLERGENS.map((allergen) => (
          <CheckboxField key={allergen} label={allergen} {...checkbox(`allergens.${allergen}`)} />
        ))}
      </FieldGroup>
      <FieldGroup
        id={fieldId('animalSources')}
        label={LABELS.animalSources}
        hint="What of it comes from animals. While nothing is ticked nobody has said, and no dish with it is called vegan, vegetarian or free of anything."
        error={error('animalSources')}
        className="grid grid-cols-2 gap-x-5 md:grid-cols-4"
      >
        {([NO_ANIMAL, ...ANIMAL_SOURCES] as const).map((source) => (
          <CheckboxField
            key={source}
            label={ANIMAL_SOURCE_WORDS[source]}
            {...checkbox(`animalSources.${source}`)}
          />
        ))}
      </FieldGroup>
      <CheckboxField label={LABELS.isActive} hint={retiredHint(use)} {...checkbox('isActive')} />
    </>
  )
}

/** What depends on it, before somebody takes it out of use. */
function retiredHint(use: IngredientUse | null): string {
  const words =
    'An inactive ingredient is not offered for cards any more, and nobody is alerted when it runs out.'
  if (!use || (use.cards === 0 && use.restaurants === 0)) return words
  const cards = use.cards === 1 ? '1 recipe card keeps' : `${use.cards} recipe cards keep`
  const dishes = use.dishes === 1 ? '1 dish on the menu' : `${use.dishes} dishes on the menu`
  const restaurants = use.restaurants === 1 ? '1 restaurant' : `${use.restaurants} restaurants`
  return `${words} ${cards} it, ${dishes} among them, and ${restaurants} stock it: change those cards first.`
}
