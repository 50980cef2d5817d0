'use client'

import { useMenuEdits } from './menu-edits'

/** A switch: whether the chain offers a dish at all. */
export function AvailabilityCell({
  dish,
  name,
  isAvailable,
}: {
  dish: number
  name: string
  isAvailable: boolean
}) {
  const { submit, isPending, changeSetId } = useMenuEdits()
  return (
    <form action={submit} aria-busy={isPending}>
      <input type="hidden" name="field" value="isAvailable" />
      <input type="hidden" name="dish" value={dish} />
      <input type="hidden" name="changes" value={changeSetId ?? ''} />
      <input type="hidden" name="was" value={isAvailable ? 'yes' : 'no'} />
      <button
        type="submit"
        role="switch"
        aria-checked={isAvailable}
        aria-label={`${name} on the menu`}
        name="value"
        value={isAvailable ? 'no' : 'yes'}
      >
        {isAvailable ? 'On' : 'Off'}
      </button>
    </form>
  )
}
