'use client'

import { CheckboxField, SelectField, TextArea, TextField } from '@/app/_ui/field'
import { RecordForm } from '@/app/_ui/form/record-form'
import type { RestaurantUse } from '@/db/queries/restaurants'
import { tick } from '@/domain/form-fields'
import { type Restaurant, restaurantForm, restaurantValues } from '@/domain/restaurant'
import { STOCK_POLICIES } from '@/domain/vocabulary'
import { saveRestaurant } from './actions'
import { AgeFields } from './age-fields'
import { POLICY_WORDS } from './words'

const LABELS = {
  name: 'Name',
  slug: 'In addresses',
  address: 'Address',
  phone: 'Phone',
  openingTime: 'Opens',
  closingTime: 'Closes',
  timeZone: 'Time zone',
  dayCutoff: 'Trading day ends',
  stockPolicy: 'When stock runs out',
  autoConfirm: 'Confirms orders by itself',
  ages: 'Tickets are due and late',
  channelAges: 'Tickets by channel',
  isActive: 'Active',
}

const NEW = {
  openingTime: '11:30',
  closingTime: '23:00',
  dayCutoff: '04:00',
  stockPolicy: 'warn',
  'ages.amber': '5',
  'ages.red': '10',
  ...tick('autoConfirm', true),
  ...tick('isActive', true),
}

const policyWord = (name: string, value: string) =>
  name === 'stockPolicy' ? (POLICY_WORDS[value as keyof typeof POLICY_WORDS] ?? value) : value

export function RestaurantForm({
  id,
  base,
  timeZones,
  use,
}: {
  id: number
  base: Restaurant | null
  timeZones: readonly string[]
  /** Null for a new one. */
  use: RestaurantUse | null
}) {
  return (
    <RecordForm
      action={saveRestaurant}
      id={id}
      base={base}
      changeSetId={null}
      toValues={restaurantValues}
      initial={NEW}
      schema={restaurantForm}
      labels={LABELS}
      valueWords={policyWord}
      save={base ? 'Save' : 'Add restaurant'}
    >
      {(form) => {
        const { field, checkbox } = form
        return (
          <>
            <div className="grid items-start gap-4 md:grid-cols-2">
              <TextField label={LABELS.name} required maxLength={200} {...field('name')} />
              <TextField
                label={LABELS.slug}
                required
                maxLength={80}
                autoCapitalize="none"
                spellCheck={false}
                hint={slugHint(base?.slug)}
                {...field('slug')}
              />
            </div>
            <div className="grid items-start gap-4 md:grid-cols-2">
              <TextArea label={LABELS.address} rows={2} maxLength={1000} {...field('address')} />
              <TextField label={LABELS.phone} type="tel" maxLength={20} {...field('phone')} />
            </div>
            <div className="grid items-start gap-4 md:grid-cols-4">
              <TextField label={LABELS.openingTime} type="time" required {...field('openingTime')} />
              <TextField label={LABELS.closingTime} type="time" required {...field('closingTime')} />
              <SelectField label={LABELS.timeZone} className="md:col-span-2" {...field('timeZone')}>
                <option value="">Choose</option>
                {timeZones.map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </SelectField>
              <TextField
                label={LABELS.dayCutoff}
                type="time"
                required
                className="md:col-span-4 md:[&>input]:max-w-44"
                hint="An order before this time belongs to the evening before. This and the time zone hold from the next order on: orders that there are keep the day that they were counted for, so change it while the kitchen is closed."
                {...field('dayCutoff')}
              />
            </div>
            <div className="grid items-start gap-4 md:grid-cols-2">
              <SelectField
                label={LABELS.stockPolicy}
                hint="For orders that stock can’t cover by their recipe cards."
                {...field('stockPolicy')}
              >
                {STOCK_POLICIES.map((policy) => (
                  <option key={policy} value={policy}>
                    {POLICY_WORDS[policy]}
                  </option>
                ))}
              </SelectField>
              <CheckboxField
                label={LABELS.autoConfirm}
                hint="Orders are on the wall at once. Otherwise somebody confirms each."
                className="md:pt-6"
                {...checkbox('autoConfirm')}
              />
            </div>
            <AgeFields form={form} />
            <CheckboxField label={LABELS.isActive} hint={closingHint(use)} {...checkbox('isActive')} />
          </>
        )
      }}
    </RecordForm>
  )
}

const slugHint = (slug: string | undefined) =>
  slug
    ? `Guests read /m/${slug}. After a change the old address leads to the new one, so printed codes stay good.`
    : 'Small letters, digits and dashes: guests will read /m/berlin-mitte.'

/** What depends on it, before somebody closes it. */
function closingHint(use: RestaurantUse | null): string {
  const words =
    'An inactive restaurant has no pages, no menu and no wall, and takes no orders; its figures stay.'
  if (!use) return words
  const depends = [
    counted(use.openOrders, 'open order'),
    counted(use.screens, 'screen'),
    counted(use.people, 'person', 'people'),
    counted(use.apiKeys, 'API key'),
  ].filter((text) => text !== null)
  return depends.length === 0
    ? `${words} Nothing works with it now.`
    : `${words} Now it has ${depends.join(', ')}: they are cut off at once.`
}

const counted = (count: number, one: string, many = `${one}s`) =>
  count === 0 ? null : `${count} ${count === 1 ? one : many}`
