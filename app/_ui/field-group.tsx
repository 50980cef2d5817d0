import type { ReactNode } from 'react'
import { classes } from './classes'

/** Fields that answer one question together, such as the days of a week. An error summary leads to it by `id`. */
export function FieldGroup({
  id,
  label,
  hint,
  error,
  className,
  children,
}: {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  className?: string
  children: ReactNode
}) {
  const textId = hint || error ? `${id}-text` : undefined
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={textId} className="grid gap-1">
      <legend className="pb-1 font-semibold">{label}</legend>
      <div className={classes(className ?? 'flex flex-wrap gap-x-5')}>{children}</div>
      {textId ? (
        <p id={textId} className={error ? 'text-red' : 'text-muted'}>
          {error ?? hint}
        </p>
      ) : null}
    </fieldset>
  )
}
