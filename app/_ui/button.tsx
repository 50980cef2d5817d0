import Link from 'next/link'
import type { ComponentProps } from 'react'
import { classes } from './classes'

export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger'

const SHAPE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-md border px-4 font-semibold whitespace-nowrap no-underline transition-colors md:min-h-9 md:px-3 disabled:cursor-not-allowed disabled:opacity-50 aria-busy:cursor-progress'

const COLOURS: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-accent text-accent-ink hover:bg-[color-mix(in_oklab,var(--accent)_88%,var(--ink))]',
  plain: 'border-edge bg-surface text-ink hover:bg-wash',
  quiet: 'border-transparent text-ink hover:bg-wash',
  danger: 'border-red bg-surface text-red hover:bg-[color-mix(in_oklab,var(--red)_10%,var(--surface))]',
}

/** A button that says what happens. Submits the form it stands in unless `type` says otherwise. */
export function Button({
  variant = 'plain',
  className,
  ...props
}: ComponentProps<'button'> & { variant?: ButtonVariant }) {
  return <button type="submit" {...props} className={classes(SHAPE, COLOURS[variant], className)} />
}

/**
 * What Enter presses in a form's fields: browsers take the first button that there is, which is not always the one that
 * the form is for. Stands before all others, unseen.
 */
export function EnterButton(props: Pick<ComponentProps<'button'>, 'name' | 'value' | 'disabled'>) {
  return <button type="submit" {...props} tabIndex={-1} aria-hidden="true" className="sr-only" />
}

/** Goes somewhere, looking like a button. */
export function LinkButton({
  variant = 'plain',
  className,
  ...props
}: ComponentProps<typeof Link> & { variant?: ButtonVariant }) {
  return <Link prefetch={false} {...props} className={classes(SHAPE, COLOURS[variant], className)} />
}
