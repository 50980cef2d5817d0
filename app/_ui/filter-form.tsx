import Form from 'next/form'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from './button'
import { SelectField, TextField } from './field'

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

/** What to search a list for; the widest of its filters. */
export function FilterSearch({
  label,
  placeholder,
  value,
}: {
  label: string
  placeholder: string
  value: string
}) {
  return (
    <TextField
      type="search"
      name="q"
      label={label}
      placeholder={placeholder}
      defaultValue={value}
      maxLength={100}
      autoComplete="off"
      className="col-span-2 min-w-0 grow md:max-w-80"
    />
  )
}

/** Whose goods a list shows. */
export function FilterSupplier({
  suppliers,
  value,
}: {
  suppliers: readonly { id: number; name: string }[]
  value: number | null
}) {
  return (
    <SelectField name="supplier" label="Supplier" defaultValue={value ?? ''} className="min-w-0 md:max-w-60">
      <option value="">Any supplier</option>
      {suppliers.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
