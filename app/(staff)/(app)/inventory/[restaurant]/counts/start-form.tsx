'use client'

import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import { STORAGE_AREAS } from '@/domain/vocabulary'
import { AREA_WORDS } from '../../words'
import { startCount } from './actions'

/** Where to count, and whether with the figures that there should be. */
export function StartForm({ restaurant, id }: { restaurant: string; id: string }) {
  const { answer, form } = useFormAction(startCount)
  const failure = answer?.ok === false ? answer : null
  return (
    <form {...form} className="grid gap-3 pb-8">
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="id" value={id} />
      <div className="grid items-end gap-3 md:flex md:flex-wrap">
        <SelectField
          name="storageArea"
          label="What to count"
          defaultValue={failure?.values?.storageArea ?? ''}
          className="md:w-60"
        >
          <option value="">Everything</option>
          {STORAGE_AREAS.map((area) => (
            <option key={area} value={area}>
              {AREA_WORDS[area]}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="isBlind"
          label="How"
          defaultValue={failure?.values?.isBlind ?? 'yes'}
          className="md:w-80"
        >
          <option value="yes">Blind: figures are shown afterwards</option>
          <option value="no">With what should be there</option>
        </SelectField>
        <Button variant="primary">Start counting</Button>
      </div>
      <FormMessage>
        {failure ? (
          <>
            {failure.message}{' '}
            {failure.reason === 'already_counting' ? (
              <Link href={`/inventory/${restaurant}/counts/${failure.countId}`} className="underline">
                Open it
              </Link>
            ) : null}
          </>
        ) : null}
      </FormMessage>
    </form>
  )
}
