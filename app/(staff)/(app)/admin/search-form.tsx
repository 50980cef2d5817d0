import Form from 'next/form'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'

/** Looks for words in a list, as a GET form: it works before JavaScript runs, and without. */
export function SearchForm({
  action,
  search,
  label,
  placeholder,
}: {
  action: string
  /** The words that the page was asked for. */
  search: string
  label: string
  placeholder: string
}) {
  return (
    <Form
      // The field keeps what was typed; another URL has to bring its own words.
      key={search}
      action={action}
      prefetch={false}
      scroll={false}
      className="flex flex-wrap items-end gap-2 pb-4"
    >
      <TextField
        type="search"
        name="q"
        label={label}
        placeholder={placeholder}
        defaultValue={search}
        maxLength={100}
        autoComplete="off"
        className="min-w-0 grow md:max-w-80"
      />
      <Button>Search</Button>
    </Form>
  )
}
