import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import type { IngredientGap } from '@/db/queries/ingredients'
import { type IngredientView, ingredientsHref, isFiltered } from './search-params'

const GAP_WORDS: Record<IngredientGap, string> = {
  no_price: 'Without a price',
  not_assigned: 'Without a supplier',
}

/** Name, supplier, what is missing and state, as a GET form: it works before JavaScript runs, and without. */
export function IngredientFilters({
  view,
  suppliers,
}: {
  view: IngredientView
  suppliers: readonly { id: number; name: string }[]
}) {
  return (
    <Form
      // Inputs keep what was typed; another URL has to bring its own values.
      key={ingredientsHref(view)}
      action="/admin/ingredients"
      prefetch={false}
      scroll={false}
      className="grid grid-cols-2 items-end gap-x-2 gap-y-3 pb-4 md:flex md:flex-wrap"
    >
      <TextField
        type="search"
        name="q"
        label="Search ingredients"
        placeholder="Name"
        defaultValue={view.search}
        maxLength={100}
        autoComplete="off"
        className="col-span-2 min-w-0 grow md:max-w-80"
      />
      <SelectField
        name="supplier"
        label="Supplier"
        defaultValue={view.supplierId ?? ''}
        className="min-w-0 md:max-w-60"
      >
        <option value="">Any supplier</option>
        {suppliers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
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
      <Button>Show ingredients</Button>
      {isFiltered(view) ? (
        <Link
          href="/admin/ingredients"
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
