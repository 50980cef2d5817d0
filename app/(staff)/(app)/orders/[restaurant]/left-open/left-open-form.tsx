'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { settle } from './actions'

/** Says of all chosen tickets what became of them. Works before and without JavaScript. */
export function LeftOpenForm({
  restaurant,
  id,
  children,
}: {
  restaurant: string
  /** Made with the page: pressed twice, it counts once. */
  id: string
  children: ReactNode
}) {
  const [result, action, isPending] = useActionState(settle, null)
  return (
    <form action={action} aria-busy={isPending}>
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="id" value={id} />
      {children}
      <div className="flex flex-wrap items-center gap-2 py-3">
        <Button variant="primary" name="as" value="delivered">
          They were handed over
        </Button>
        <Button name="as" value="cancelled">
          Cancel them
        </Button>
        <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
      </div>
    </form>
  )
}
