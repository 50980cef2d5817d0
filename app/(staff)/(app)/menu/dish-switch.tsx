'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { switchDish } from './actions'

/** Around the table, whose buttons name a dish: one form for all of them, since a page has many. */
export function DishSwitch({
  restaurant,
  asksHowLong,
  toolbar,
  children,
}: {
  restaurant: string
  /** Whether there is something to 86; undoing takes the usual "until closing". */
  asksHowLong: boolean
  /** Stands on the left, beside the question how long an 86 lasts. */
  toolbar: ReactNode
  children: ReactNode
}) {
  const [result, submit, isPending] = useActionState(switchDish, null)
  return (
    <form action={submit} aria-busy={isPending} className="aria-busy:cursor-progress">
      <input type="hidden" name="restaurant" value={restaurant} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-1">
        {toolbar}
        {asksHowLong ? <HowLong /> : <input type="hidden" name="lasts" value="closing" />}
      </div>
      <div role="status">
        {result?.ok ? (
          <p className="my-2 flex flex-wrap items-center gap-x-4 border-l-2 border-accent pl-3">
            <Told {...result} />
          </p>
        ) : null}
      </div>
      <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
      {children}
    </form>
  )
}

const HowLong = () => (
  <label className="flex items-center gap-2 text-muted">
    86 until
    <select
      name="lasts"
      className="min-h-11 rounded-md border border-edge bg-surface px-2 text-ink md:min-h-8"
    >
      <option value="closing">closing</option>
      <option value="further_notice">further notice</option>
    </select>
  </label>
)

type Done = Extract<Awaited<ReturnType<typeof switchDish>>, { ok: true }>

function Told({ move, until }: Done) {
  const how = until ? 'until closing' : 'until further notice'
  return (
    <>
      {move.off
        ? `${move.name} is 86’d ${how}: guests see it as sold out.`
        : `${move.name} is on the menu again.`}
      <Button
        variant="quiet"
        name="move"
        value={`${move.off ? 'back' : 'off'} ${move.menuItemId} ${move.name}`}
      >
        Undo
      </Button>
    </>
  )
}
