import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes'
import { EarlyTextarea } from './early-textarea'

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

/** What ties a control to its label and to the words below it. */
function useControl(given: string | undefined, { hint, error }: Pick<FieldText, 'hint' | 'error'>) {
  const own = useId()
  const id = given ?? own
  return {
    id,
    'aria-describedby': hint || error ? `${id}-text` : undefined,
    'aria-invalid': error ? true : undefined,
  } as const
}

/** A text input with its label, hint and error. */
export function TextField({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...props
}: FieldText & ComponentProps<'input'>) {
  const text = { label, hint, error, labelHidden: labelHidden ?? false }
  const control = useControl(props.id, text)
  return (
    <FieldFrame id={control.id} {...text} className={className}>
      <input type="text" {...props} {...control} className={controlClass(error)} />
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
  const text = { label, hint, error, labelHidden: labelHidden ?? false }
  const control = useControl(props.id, text)
  return (
    <FieldFrame id={control.id} {...text} className={className}>
      <select {...props} {...control} className={controlClass(error, 'select')}>
        {children}
      </select>
    </FieldFrame>
  )
}

/** A text of several lines with its label, hint and error. It grows with what is written. */
export function TextArea({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...props
}: FieldText & ComponentProps<'textarea'>) {
  const text = { label, hint, error, labelHidden: labelHidden ?? false }
  const control = useControl(props.id, text)
  return (
    <FieldFrame id={control.id} {...text} className={className}>
      <EarlyTextarea
        rows={3}
        {...props}
        {...control}
        className={controlClass(error, 'field-sizing-content py-2')}
      />
    </FieldFrame>
  )
}

/** A box to tick, with its words beside it. */
export function CheckboxField({
  label,
  hint,
  error,
  className,
  ...props
}: Omit<FieldText, 'labelHidden'> & ComponentProps<'input'>) {
  const control = useControl(props.id, { hint, error })
  return (
    <div className={classes('grid content-start', className)}>
      <label htmlFor={control.id} className="flex min-h-11 items-center gap-2 md:min-h-9">
        <input {...props} type="checkbox" {...control} className="size-5 shrink-0 accent-accent md:size-4" />
        {label}
      </label>
      {hint || error ? (
        <p id={`${control.id}-text`} className={error ? 'text-red' : 'text-muted'}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
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
