'use client'

import { SelectField, TextField } from '@/app/_ui/field'
import { fieldId } from '@/app/_ui/form/field-names'
import type { FormValues } from '@/domain/form-values'
import { restaurantField } from '@/domain/person'
import { ROLES } from '@/domain/vocabulary'
import { ROLE_HINTS, ROLE_WORDS } from './words'

/** The fields of a person, by their names in the form. */
export const PERSON_LABELS = { name: 'Name', role: 'Role', restaurants: 'Restaurants' }

/** Name, role and restaurants. The restaurants of an admin are all, so that there is nothing to choose. */
export function PersonFields({
  restaurants,
  values,
  errors,
  isOwn = false,
  children,
}: {
  restaurants: readonly { id: number; name: string }[]
  /** What the fields begin with: what was typed, else what is stored. */
  values: FormValues
  errors: Readonly<Record<string, string>>
  /** The account of the person who is looking: their role is not theirs to change. */
  isOwn?: boolean
  /** Between name and role. */
  children?: React.ReactNode
}) {
  return (
    <div className="group grid gap-4">
      <TextField
        id={fieldId('name')}
        label={PERSON_LABELS.name}
        name="name"
        autoComplete="off"
        required
        maxLength={200}
        defaultValue={values.name}
        error={errors.name}
      />
      {children}
      {isOwn ? <input type="hidden" name="role" value={values.role} /> : null}
      <SelectField
        id={fieldId('role')}
        label={PERSON_LABELS.role}
        name={isOwn ? undefined : 'role'}
        disabled={isOwn}
        required
        defaultValue={values.role ?? ''}
        hint={isOwn ? 'Nobody changes their own role: ask another admin.' : undefined}
        error={errors.role}
      >
        <option value="" disabled>
          Choose
        </option>
        {ROLES.toReversed().map((role) => (
          <option key={role} value={role}>
            {ROLE_WORDS[role]}: {ROLE_HINTS[role]}
          </option>
        ))}
      </SelectField>
      <p className="hidden text-muted group-has-[option[value=admin]:checked]:block">
        Admins work in every restaurant, also in those that are opened later.
      </p>
      <RestaurantBoxes restaurants={restaurants} values={values} error={errors.restaurants} />
    </div>
  )
}

function RestaurantBoxes({
  restaurants,
  values,
  error,
}: {
  restaurants: readonly { id: number; name: string }[]
  values: FormValues
  error: string | undefined
}) {
  return (
    <fieldset
      id={fieldId('restaurants')}
      tabIndex={-1}
      aria-describedby={error ? 'restaurants-error' : undefined}
      className="grid gap-1 group-has-[option[value=admin]:checked]:hidden"
    >
      <legend className="pb-1 font-semibold">{PERSON_LABELS.restaurants}</legend>
      {/* A chain of hundreds scrolls in here, so that the button below stays near. */}
      <ul className="grid max-h-80 overflow-y-auto rounded-md border border-line px-3 py-1 sm:grid-cols-2">
        {restaurants.map(({ id, name }) => (
          <li key={id}>
            <label className="flex min-h-11 items-center gap-2 md:min-h-8">
              <input
                type="checkbox"
                name={restaurantField(id)}
                defaultChecked={values[restaurantField(id)] === 'on'}
                className="size-4 shrink-0"
              />
              <span className="min-w-0 wrap-anywhere">{name}</span>
            </label>
          </li>
        ))}
      </ul>
      {error ? (
        <p id="restaurants-error" className="text-red">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}
