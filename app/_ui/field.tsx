import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes'

type FieldText = {
  label: string
  /** What to write here, when the label does not say it. */
  hint?: string | undefined
  /** What is wrong and what to do. */
  error?: string | undefined
  /** The label is read out but not seen, where a heading beside it already says it. */
  labelHidden?: boolean
}

const CONTROL =
  'min-h-11 w-full rounded-md border bg-surface px-3 text-base text-ink placeholder:text-muted md:min-h-9 disabled:bg-wash disabled:text-muted'

const controlClass = (error: string | undefined, className?: string) =>
  classes(CONTROL, error ? 'border-red' : 'border-edge', className)

const descriptionId = (id: string, { hint, error }: FieldText) => (hint || error ? `${id}-text` : undefined)

/** A text input with its label, hint and error. */
export function TextField({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...props
}: FieldText & ComponentProps<'input'>) {
  const id = useId()
  const text = { label, hint, error, labelHidden: labelHidden ?? false }
  return (
    <FieldFrame id={id} {...text} className={className}>
      <input
        id={id}
        type="text"
        {...props}
        aria-describedby={descriptionId(id, text)}
        aria-invalid={error ? true : undefined}
        className={controlClass(error)}
      />
    </FieldFrame>
  )
}

/** A native select with its label, hint and error. */
export function SelectField({
  label,
  hint,
  error,
  labelHidden,
  className,
  children,
  ...props
}: FieldText & ComponentProps<'select'>) {
  const id = useId()
  const text = { label, hint, error, labelHidden: labelHidden ?? false }
  return (
    <FieldFrame id={id} {...text} className={className}>
      <select
        id={id}
        {...props}
        aria-describedby={descriptionId(id, text)}
        aria-invalid={error ? true : undefined}
        className={controlClass(error, 'select')}
      >
        {children}
      </select>
    </FieldFrame>
  )
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  labelHidden,
  className,
  children,
}: FieldText & { id: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={classes('grid content-start gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-semibold'}>
        {label}
      </label>
      {children}
      {hint || error ? (
        <p id={`${id}-text`} className={error ? 'text-red' : 'text-muted'}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  )
}
