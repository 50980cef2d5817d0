import { SelectField } from '@/app/_ui/field'
import { FilterForm, FilterSearch, FilterSupplier } from '@/app/_ui/filter-form'
import type { IngredientGap } from '@/db/queries/ingredients'
import { type IngredientView, ingredientsHref, isFiltered } from './search-params'

const GAP_WORDS: Record<IngredientGap, string> = {
  no_price: 'Without a price',
  not_assigned: 'Without a supplier',
  not_described: 'Not known if from animals',
}

/** Name, supplier, what is missing and state. */
export function IngredientFilters({
  view,
  suppliers,
}: {
  view: IngredientView
  suppliers: readonly { id: number; name: string }[]
}) {
  return (
    <FilterForm
      page="/admin/ingredients"
      shown={ingredientsHref(view)}
      isFiltered={isFiltered(view)}
      submit="Show ingredients"
      submitAlone={false}
    >
      <FilterSearch label="Search ingredients" placeholder="Name" value={view.search} />
      <FilterSupplier suppliers={suppliers} value={view.supplierId} />
      <SelectField name="gap" label="To fill in" defaultValue={view.gap ?? ''} className="min-w-0">
        <option value="">All</option>
        {Object.entries(GAP_WORDS).map(([gap, words]) => (
          <option key={gap} value={gap}>
            {words}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="show"
        label="State"
        defaultValue={view.isActive ? '' : 'inactive'}
        className="min-w-0"
      >
        <option value="">Active</option>
        <option value="inactive">Inactive</option>
      </SelectField>
    </FilterForm>
  )
}
