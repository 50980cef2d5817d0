'use client'

import { type KeyboardEvent, useActionState, useSyncExternalStore } from 'react'
import { Button, LinkButton } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import type { CountSheetLine } from '@/db/queries/stock-counts'
import { formatQuantity } from '@/domain/quantity'
import { STORAGE_AREAS } from '@/domain/vocabulary'
import { AREA_WORDS } from '../../../words'
import { saveLines } from '../actions'
import { CountLine } from './count-line'
import { useCountLines } from './use-count-lines'

type Result = Awaited<ReturnType<typeof saveLines>> | null

/**
 * The sheet that one carries through the store. Lines save themselves as they are typed; without a script the same form
 * saves them all.
 */
export function CountSheet({
  restaurant,
  countId,
  lines,
  locale,
}: {
  restaurant: string
  countId: string
  lines: readonly CountSheetLine[]
  locale: string
}) {
  const [result, action] = useActionState<Result, FormData>(saveLines, null)
  const failure = result?.ok === false ? result : null
  const { typed, message, type, send } = useCountLines(restaurant, {
    countId,
    lines,
    refused: failure?.values,
  })
  const isAlive = useIsAlive()
  const counted = lines.filter(({ ingredientId }) => typed.get(ingredientId)?.typed.trim()).length
  const unsaved = [...typed.values()].filter(({ state }) => state === 'unsaved' || state === 'wrong').length
  return (
    <form
      action={action}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={toNextLine}
    >
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="countId" value={countId} />
      {STORAGE_AREAS.map((area) => {
        const here = [...lines.entries()].filter(([, line]) => line.storageArea === area)
        if (here.length === 0) return null
        return (
          <section key={area} aria-label={AREA_WORDS[area]}>
            <h2 className="pt-4 pb-1 text-lg font-semibold">{AREA_WORDS[area]}</h2>
            <ul className="border-t border-line">
              {here.map(([place, line]) => (
                <CountLine
                  key={line.ingredientId}
                  place={place}
                  line={line}
                  typed={typed.get(line.ingredientId) ?? { typed: '', state: 'empty' }}
                  refused={failure?.fields?.[`lines.${place}.counted`]}
                  hint={hintOf(line, locale)}
                  onType={type}
                />
              ))}
            </ul>
          </section>
        )
      })}
      <div className="sticky bottom-16 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-paper px-4 py-3 md:bottom-0 md:mx-0 md:px-0">
        <p role="status" className="grow tabular-nums">
          {counted.toLocaleString(locale)} of {lines.length.toLocaleString(locale)} counted
          {unsaved > 0 ? `, ${unsaved.toLocaleString(locale)} not saved yet` : ''}
        </p>
        {isAlive ? null : <Button>Save what is typed</Button>}
        {unsaved > 0 ? (
          // What is only here would be missing from what is posted.
          <Button type="button" variant="primary" disabled>
            Look over and post
          </Button>
        ) : (
          <LinkButton href={`/inventory/${restaurant}/counts/${countId}/differences`} variant="primary">
            Look over and post
          </LinkButton>
        )}
        <div className="w-full empty:hidden">
          <FormMessage>{message ?? (failure && !failure.fields ? failure.message : null)}</FormMessage>
        </div>
      </div>
    </form>
  )
}

function hintOf({ expected, unit, packSize }: CountSheetLine, locale: string): string {
  const pack = packSize === '1' ? '' : `packs of ${formatQuantity(packSize, unit, locale)}`
  const should = expected === null ? '' : `should be ${formatQuantity(expected, unit, locale)}`
  return [should, pack].filter(Boolean).join(' · ')
}

/** Enter goes to the next line, as on paper. */
function toNextLine(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]')]
  const next = fields[fields.indexOf(event.target) + 1]
  next?.focus()
  next?.select()
}

const never = () => () => {}
/** Whether a script runs: the server says no, and so does a page that stays without one. */
const useIsAlive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
