'use client'

import { RecordForm } from '@/app/_ui/form/record-form'
import { type PersonDocument, personForm, personValues, restaurantOf } from '@/domain/person'
import { change } from '../actions'
import { PERSON_LABELS, PersonFields } from '../person-fields'
import { ROLE_WORDS } from '../words'

/** Name, role and restaurants. */
export function ChangeForm({
  id,
  base,
  restaurants,
  isOwn,
}: {
  id: number
  base: PersonDocument
  restaurants: readonly { id: number; name: string }[]
  isOwn: boolean
}) {
  const words = (name: string, value: string): string => {
    if (name === 'role') return ROLE_WORDS[value as keyof typeof ROLE_WORDS] ?? value
    const restaurant = restaurantOf(name)
    return restaurant === null ? value : (restaurants.find((each) => each.id === restaurant)?.name ?? value)
  }
  return (
    <div className="border-t border-line py-4">
      <RecordForm
        action={change}
        id={id}
        base={base}
        changeSetId={null}
        toValues={personValues}
        schema={personForm}
        labels={PERSON_LABELS}
        valueWords={words}
        save="Save"
      >
        {(form) => (
          <PersonFields restaurants={restaurants} values={form.values} errors={form.errors} isOwn={isOwn} />
        )}
      </RecordForm>
    </div>
  )
}
