'use client'

import { type MouseEvent, useEffect, useRef } from 'react'
import { fieldId, labelOf } from './field-names'

/**
 * What is wrong with a form, above it: read out and focused when it appears, each line leading to its field. The same
 * words stand beside the fields.
 */
export function ErrorSummary({
  message,
  errors,
  labels,
  occurrence,
}: {
  message: string
  errors: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  /** Another answer, another value: the summary is focused again. */
  occurrence: unknown
}) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it says when
  useEffect(() => box.current?.focus(), [occurrence])
  const listed = Object.entries(errors)
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="grid gap-1 border-l-2 border-red py-1 pl-3 text-red outline-none"
    >
      <p>{message}</p>
      {listed.length > 0 ? (
        <ul className="grid gap-1">
          {listed.map(([name, error]) => (
            <li key={name}>
              <a href={`#${fieldId(name)}`} onClick={focusField} className="underline">
                {labelOf(labels, name)}
              </a>
              : {error}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** A link's own jump leaves the focus on the link. */
function focusField(event: MouseEvent<HTMLAnchorElement>): void {
  const field = document.getElementById(event.currentTarget.hash.slice(1))
  if (!field) return
  event.preventDefault()
  field.focus()
}
