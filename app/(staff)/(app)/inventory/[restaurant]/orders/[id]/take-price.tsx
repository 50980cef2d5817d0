'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { takePrice } from '../actions'

/** Makes what was paid the chain's price. `from` and `to` in cents for one unit; `words` says the new one. */
export function TakePrice({
  ingredient,
  from,
  to,
  words,
}: {
  ingredient: { id: number; name: string }
  from: string
  to: string
  words: string
}) {
  const [result, take, isPending] = useActionState(takePrice, null)
  return (
    <form action={take} aria-busy={isPending}>
      <input type="hidden" name="ingredient" value={ingredient.id} />
      <input type="hidden" name="from" value={from} />
      <input type="hidden" name="to" value={to} />
      <Button aria-label={`Make ${words} the price of ${ingredient.name} in the whole chain`}>
        Use {words} from now on
      </Button>
      <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
    </form>
  )
}
