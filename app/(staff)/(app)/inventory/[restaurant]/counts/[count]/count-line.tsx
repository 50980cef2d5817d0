'use client'

import { memo } from 'react'
import { StatusMark } from '@/app/_ui/status-mark'
import type { CountSheetLine } from '@/db/queries/stock-counts'
import { fieldId, type LineState, type TypedLine } from './use-count-lines'

/** One ingredient and the key to type it with. Drawn again only when it changes: a sheet has hundreds. */
export const CountLine = memo(function CountLine({
  place,
  line,
  typed,
  refused,
  hint,
  onType,
}: {
  /** In the form that is sent without a script. */
  place: number
  line: CountSheetLine
  typed: TypedLine
  /** What was wrong with it, of such a form. */
  refused: string | undefined
  hint: string
  onType: (ingredientId: number, text: string) => void
}) {
  const id = fieldId(line.ingredientId)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_8.5rem] items-center gap-x-3 border-b border-line py-1">
      <label htmlFor={id} className="min-w-0 wrap-anywhere">
        <b>{line.ingredient}</b>
        {hint ? <small className="block text-sm text-muted">{hint}</small> : null}
        <small id={`${id}-state`} className="block text-sm">
          <State state={refused ? 'wrong' : typed.state} />
        </small>
      </label>
      <div className="flex items-center gap-2">
        <input type="hidden" name={`lines.${place}.ingredientId`} value={line.ingredientId} />
        <input type="hidden" name={`lines.${place}.was`} value={line.counted ?? ''} />
        <input
          id={id}
          name={`lines.${place}.counted`}
          value={typed.typed}
          onChange={(event) => onType(line.ingredientId, event.target.value)}
          aria-describedby={`${id}-state`}
          aria-invalid={typed.state === 'wrong' || refused ? true : undefined}
          inputMode="decimal"
          enterKeyHint="next"
          autoComplete="off"
          maxLength={13}
          className="min-h-14 w-full min-w-0 rounded-md border border-edge bg-surface px-3 text-right text-xl"
        />
        <span className="w-8 shrink-0 text-muted">{line.unit}</span>
      </div>
    </li>
  )
})

function State({ state }: { state: LineState }) {
  if (state === 'saved') return <StatusMark tone="green">saved</StatusMark>
  if (state === 'unsaved') return <StatusMark tone="amber">not saved yet</StatusMark>
  if (state === 'wrong') return <StatusMark tone="red">write an amount such as 2.5</StatusMark>
  return null
}
