import Form from 'next/form'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/app/_ui/button'

/** A list's filters as a GET form, with a way to be rid of them: it works before JavaScript runs, and without. */
export function FilterForm({
  page,
  shown,
  isFiltered,
  submit,
  submitAlone = true,
  children,
}: {
  /** The list without filters. */
  page: string
  /** The list as it is shown: fields keep what was typed, and another URL has to bring its own values. */
  shown: string
  isFiltered: boolean
  submit: string
  /** On a phone the button has a row of its own; else it fills the place beside the last field. */
  submitAlone?: boolean
  children: ReactNode
}) {
  return (
    <Form
      key={shown}
      action={page}
      prefetch={false}
      scroll={false}
      className="grid grid-cols-2 items-end gap-x-2 gap-y-3 pb-4 md:flex md:flex-wrap"
    >
      {children}
      <Button className={submitAlone && !isFiltered ? 'col-span-2' : undefined}>{submit}</Button>
      {isFiltered ? (
        <Link
          href={page}
          prefetch={false}
          scroll={false}
          className="grid min-h-11 place-items-center px-2 underline md:min-h-9"
        >
          Clear filters
        </Link>
      ) : null}
    </Form>
  )
}
