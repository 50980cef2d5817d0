import { FilterChip } from '@/app/_ui/chip'
import { SelectField } from '@/app/_ui/field'
import { FilterForm, FilterSearch, FilterSupplier } from '@/app/_ui/filter-form'
import type { StockFilter, StockList } from '@/db/queries/stock'
import { STORAGE_AREAS } from '@/domain/vocabulary'
import { AREA_WORDS } from '../words'
import { isFiltered, type StockView, stockHref } from './search-params'

type Props = { slug: string; view: StockView }

/** Name, supplier and place, as a GET form. */
export function StockFilterForm({
  slug,
  view,
  suppliers,
}: Props & { suppliers: readonly { id: number; name: string }[] }) {
  const { sort, descending, filter } = view
  return (
    <FilterForm
      page={`/inventory/${slug}`}
      shown={stockHref(slug, view)}
      isFiltered={isFiltered(view)}
      submit="Show stock"
      submitAlone={false}
    >
      <input type="hidden" name="sort" value={sort} />
      <input type="hidden" name="order" value={descending ? 'desc' : 'asc'} />
      <input type="hidden" name="show" value={filter} />
      <FilterSearch label="Search ingredients" placeholder="Name" value={view.search} />
      <FilterSupplier suppliers={suppliers} value={view.supplierId} />
      <SelectField name="area" label="Kept" defaultValue={view.storageArea ?? ''} className="min-w-0">
        <option value="">Anywhere</option>
        {STORAGE_AREAS.map((area) => (
          <option key={area} value={area}>
            {AREA_WORDS[area]}
          </option>
        ))}
      </SelectField>
    </FilterForm>
  )
}

const CHIPS = '-mx-4 flex gap-2 overflow-x-auto px-4 pb-3 md:mx-0 md:flex-wrap md:px-0'

/** How many of what search, supplier and place leave are low, and how many have not moved. */
export function StockChips({
  slug,
  view,
  totals,
  locale,
}: Props & { totals: StockList['totals']; locale: string }) {
  const chips: [StockFilter, string, number][] = [
    ['all', 'All', totals.items],
    ['low', 'Low', totals.low],
    ['dead', 'Not moved for 60 days', totals.dead],
  ]
  return (
    <nav aria-label="Which ingredients">
      <ul className={CHIPS}>
        {chips.map(([filter, words, count]) => (
          <li key={filter}>
            <FilterChip
              href={stockHref(slug, view, { filter })}
              active={view.filter === filter}
              count={count.toLocaleString(locale)}
            >
              {words}
            </FilterChip>
          </li>
        ))}
      </ul>
    </nav>
  )
}
