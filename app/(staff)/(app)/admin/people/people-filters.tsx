import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { ROLES } from '@/domain/vocabulary'
import { isFiltered, type PeopleView, peopleHref } from './search-params'
import { ROLE_WORDS } from './words'

/** Words, role, restaurant and state, as a GET form: it works before JavaScript runs, and without. */
export function PeopleFilterForm({
  view,
  restaurants,
}: {
  view: PeopleView
  restaurants: readonly { slug: string; name: string }[]
}) {
  return (
    <Form
      // Inputs keep what was typed; another URL has to bring its own values.
      key={peopleHref(view)}
      action="/admin/people"
      prefetch={false}
      scroll={false}
      className="grid grid-cols-2 items-end gap-x-2 gap-y-3 pb-4 md:flex md:flex-wrap"
    >
      <TextField
        type="search"
        name="q"
        label="Search people"
        placeholder="Name or e-mail"
        defaultValue={view.search}
        maxLength={100}
        autoComplete="off"
        className="col-span-2 min-w-0 grow md:max-w-80"
      />
      <SelectField name="role" label="Role" defaultValue={view.role ?? ''} className="min-w-0">
        <option value="">Any role</option>
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {ROLE_WORDS[role]}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="show"
        label="State"
        defaultValue={view.isActive ? '' : 'deactivated'}
        className="min-w-0"
      >
        <option value="">Active</option>
        <option value="deactivated">Deactivated</option>
      </SelectField>
      <SelectField
        name="restaurant"
        label="Restaurant"
        defaultValue={view.restaurant ?? ''}
        className="col-span-2 min-w-0"
      >
        <option value="">Whole chain</option>
        {restaurants.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button className={isFiltered(view) ? undefined : 'col-span-2'}>Show people</Button>
      {isFiltered(view) ? (
        <Link
          href="/admin/people"
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
