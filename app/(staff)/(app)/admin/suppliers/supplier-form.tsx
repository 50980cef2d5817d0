'use client'

import { useCallback } from 'react'
import { CheckboxField, SelectField, TextArea, TextField } from '@/app/_ui/field'
import { FieldGroup } from '@/app/_ui/field-group'
import { fieldId } from '@/app/_ui/form/field-names'
import { RecordForm } from '@/app/_ui/form/record-form'
import { tick } from '@/domain/form-fields'
import { type Supplier, supplierForm, supplierValues, WEEKDAY_NAMES } from '@/domain/supplier'
import { saveSupplier } from './actions'
import { DAY_WORDS } from './words'

const LABELS = {
  name: 'Name',
  contactPerson: 'Contact',
  phone: 'Phone',
  email: 'E-mail',
  address: 'Address',
  rating: 'Rating',
  leadTimeDays: 'Lead time in days',
  orderDays: 'Takes orders on',
  minimumOrder: 'Least order',
  isActive: 'Active',
}

const NEW = {
  rating: '5',
  leadTimeDays: '2',
  ...Object.fromEntries(WEEKDAY_NAMES.slice(0, 5).map((day) => [`orderDays.${day}`, 'on'])),
  ...tick('isActive', true),
}

const dayWord = (name: string, value: string) =>
  name.startsWith('orderDays.') ? (DAY_WORDS[value as keyof typeof DAY_WORDS] ?? value) : value

export function SupplierForm({
  id,
  base,
  ingredients,
  currency,
}: {
  id: number
  base: Supplier | null
  /** How many active ingredients come from it. */
  ingredients: number
  currency: string
}) {
  const toValues = useCallback((doc: Supplier) => supplierValues(doc, currency), [currency])
  return (
    <RecordForm
      action={saveSupplier}
      id={id}
      base={base}
      changeSetId={null}
      toValues={toValues}
      initial={NEW}
      schema={supplierForm(currency)}
      labels={LABELS}
      valueWords={dayWord}
      save={base ? 'Save' : 'Add supplier'}
    >
      {({ field, checkbox, error }) => (
        <>
          <TextField label={LABELS.name} required maxLength={200} {...field('name')} />
          <div className="grid items-start gap-4 md:grid-cols-3">
            <TextField label={LABELS.contactPerson} maxLength={100} {...field('contactPerson')} />
            <TextField label={LABELS.phone} type="tel" maxLength={20} {...field('phone')} />
            <TextField label={LABELS.email} type="email" maxLength={254} {...field('email')} />
          </div>
          <TextArea label={LABELS.address} rows={2} maxLength={1000} {...field('address')} />
          <div className="grid items-start gap-4 md:grid-cols-3">
            <SelectField label={LABELS.rating} {...field('rating')}>
              {[5, 4, 3, 2, 1].map((stars) => (
                <option key={stars} value={stars}>
                  {stars} of 5
                </option>
              ))}
            </SelectField>
            <TextField
              label={LABELS.leadTimeDays}
              inputMode="numeric"
              hint="From order to delivery; 0 is the same day."
              {...field('leadTimeDays')}
            />
            <TextField
              label={`${LABELS.minimumOrder}, ${currency}`}
              inputMode="decimal"
              hint="What an order should come to; empty: any."
              {...field('minimumOrder')}
            />
          </div>
          <FieldGroup id={fieldId('orderDays')} label={LABELS.orderDays} error={error('orderDays')}>
            {WEEKDAY_NAMES.map((day) => (
              <CheckboxField key={day} label={DAY_WORDS[day]} {...checkbox(`orderDays.${day}`)} />
            ))}
          </FieldGroup>
          <CheckboxField
            label={LABELS.isActive}
            hint={
              ingredients > 0
                ? `An inactive supplier is not offered for ingredients any more. ${ingredients === 1 ? 'The ingredient' : `The ${ingredients} ingredients`} below would still come from it: give ${ingredients === 1 ? 'it' : 'them'} another one first.`
                : 'An inactive supplier is not offered for ingredients any more. None comes from this one.'
            }
            {...checkbox('isActive')}
          />
        </>
      )}
    </RecordForm>
  )
}
