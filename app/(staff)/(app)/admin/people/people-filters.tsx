import { SelectField } from '@/app/_ui/field'
import { FilterForm, FilterSearch } from '@/app/_ui/filter-form'
import { ROLES } from '@/domain/vocabulary'
import { isFiltered, type PeopleView, peopleHref } from './search-params'
import { ROLE_WORDS } from './words'

/** Words, role, restaurant and state. */
export function PeopleFilterForm({
  view,
  restaurants,
}: {
  view: PeopleView
  restaurants: readonly { slug: string; name: string }[]
}) {
  return (
    <FilterForm
      page="/admin/people"
      shown={peopleHref(view)}
      isFiltered={isFiltered(view)}
      submit="Show people"
    >
      <FilterSearch label="Search people" placeholder="Name or e-mail" value={view.search} />
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
    </FilterForm>
  )
}
