'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import type { EightySixSuggestions as Suggestions } from '@/db/queries/eighty-six-suggestions'
import { followSuggestion } from './actions'

type Result = Awaited<ReturnType<typeof followSuggestion>> | null

/** What stock says about a restaurant's menu, each with the one button that does it; nothing where it says nothing. */
export function EightySixSuggestions({
  restaurant,
  suggestions: { eightySix, putBack },
}: {
  /** Its slug. */
  restaurant: string
  suggestions: Suggestions
}) {
  const [result, follow, isPending] = useActionState<Result, FormData>(followSuggestion, null)
  if (eightySix.length === 0 && putBack.length === 0 && result === null) return null
  return (
    <section aria-labelledby="suggested" className="pb-6">
      <h2 id="suggested" className="pb-2 text-lg font-semibold">
        The menu and the stock
      </h2>
      <FormMessage>{result?.ok === false ? result.message : null}</FormMessage>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {eightySix.length > 0 ? (
          <SuggestionList title="Can’t be prepared, but is on the menu">
            {eightySix.map(({ menuItemId, name, missing }) => (
              <Suggestion key={menuItemId} name={name} because={`not enough ${missing.join(', ')}`}>
                <Follow {...{ restaurant, menuItemId, follow, isPending }} suggests="eighty_six">
                  86 it<span className="sr-only">: {name}</span>
                </Follow>
              </Suggestion>
            ))}
          </SuggestionList>
        ) : null}
        {putBack.length > 0 ? (
          <SuggestionList title="Off, but can be prepared again">
            {putBack.map(({ menuItemId, name, came }) => (
              <Suggestion key={menuItemId} name={name} because={`${came.join(', ')} came in`}>
                <Follow {...{ restaurant, menuItemId, follow, isPending }} suggests="put_back">
                  Put back<span className="sr-only">: {name}</span>
                </Follow>
              </Suggestion>
            ))}
          </SuggestionList>
        ) : null}
      </div>
    </section>
  )
}

function SuggestionList({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="pb-1 text-muted">{title}</h3>
      <ul className="border-t border-line">{children}</ul>
    </div>
  )
}

function Suggestion({
  name,
  because,
  children,
}: {
  name: string
  because: string
  children: React.ReactNode
}) {
  return (
    <li className="flex items-center gap-3 border-b border-line py-1">
      <p className="min-w-0 grow wrap-anywhere">
        <b>{name}</b> <span className="text-muted">{because}</span>
      </p>
      {children}
    </li>
  )
}

function Follow({
  restaurant,
  menuItemId,
  suggests,
  follow,
  isPending,
  children,
}: {
  restaurant: string
  menuItemId: number
  suggests: 'eighty_six' | 'put_back'
  follow: (form: FormData) => void
  isPending: boolean
  children: React.ReactNode
}) {
  return (
    <form action={follow}>
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="menuItemId" value={menuItemId} />
      <input type="hidden" name="suggests" value={suggests} />
      <Button aria-busy={isPending}>{children}</Button>
    </form>
  )
}
