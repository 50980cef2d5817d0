import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { classes } from '@/app/_ui/classes'
import { DIET_WORDS } from '@/app/_ui/diet-words'
import { SelectField, TextField } from '@/app/_ui/field'
import type { CategoryCount } from '@/db/queries/menu-list'
import { moneyText } from '@/domain/money-input'
import { DIETS } from '@/domain/vocabulary'
import { isFiltered, type MenuView, menuHref, menuParams, sortText, withoutFilters } from './search-params'

/** Search, price, time and order, as a GET form: it works before JavaScript runs, and without. */
export function MenuFilterForm({ view, currency }: { view: MenuView; currency: string }) {
  const { show } = menuParams(view, currency)
  return (
    <Form
      // Inputs keep what was typed; another URL has to bring its own values.
      key={menuHref(view, currency)}
      action="/menu"
      prefetch={false}
      scroll={false}
      className="group grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-2 gap-y-3 lg:grid-cols-[minmax(0,1fr)]"
    >
      {view.restaurant ? <input type="hidden" name="restaurant" value={view.restaurant} /> : null}
      {show ? <input type="hidden" name="show" value={show} /> : null}
      {view.categoryId ? <input type="hidden" name="category" value={view.categoryId} /> : null}
      <TextField type="search" name="q" label="Search dishes" defaultValue={view.search} maxLength={100} />
      <Button className="lg:order-last">Show dishes</Button>
      <MoreFields view={view} currency={currency} />
      {isFiltered(view) ? (
        <Link
          href={menuHref(withoutFilters(view), currency)}
          prefetch={false}
          className="col-span-full grid min-h-11 place-items-center underline md:min-h-7 lg:order-last"
        >
          Clear filters
        </Link>
      ) : null}
    </Form>
  )
}

/** Beside the list there is room for them; above it a box, ticked, makes some. */
function MoreFields({ view, currency }: { view: MenuView; currency: string }) {
  const { minPrice, maxPrice, maxPrepMinutes, diet } = view
  const money = (cents: number | null) => (cents === null ? '' : moneyText(cents, currency))
  const isUsed = minPrice !== null || maxPrice !== null || maxPrepMinutes !== null || diet !== null
  return (
    <>
      <label className="col-span-full flex min-h-11 items-center gap-2 lg:hidden">
        <input id="more-filters" type="checkbox" defaultChecked={isUsed} className="size-4" />
        Price, time, diet and order
      </label>
      <div className="col-span-full hidden grid-cols-2 gap-x-2 gap-y-3 group-has-[#more-filters:checked]:grid lg:grid">
        <TextField name="min" label={`From ${currency}`} defaultValue={money(minPrice)} inputMode="decimal" />
        <TextField name="max" label={`To ${currency}`} defaultValue={money(maxPrice)} inputMode="decimal" />
        <SelectField
          name="prep"
          label="Ready within"
          defaultValue={maxPrepMinutes ?? ''}
          className="lg:col-span-2"
        >
          <option value="">Any time</option>
          {prepChoices(maxPrepMinutes).map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes} minutes
            </option>
          ))}
        </SelectField>
        <SelectField name="diet" label="Diet" defaultValue={diet ?? ''} className="lg:col-span-2">
          <option value="">Any</option>
          {DIETS.map((each) => (
            <option key={each} value={each}>
              {DIET_WORDS[each]}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="sort"
          label="Order"
          defaultValue={sortText(view.sort, view.descending)}
          className="lg:col-span-2"
        >
          {Object.entries(ORDER_WORDS).map(([order, words]) => (
            <option key={order} value={order}>
              {words}
            </option>
          ))}
        </SelectField>
      </div>
    </>
  )
}

const ORDER_WORDS: Record<string, string> = {
  '-popularity': 'Most sold',
  popularity: 'Least sold',
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
  price: 'Cheapest',
  '-price': 'Dearest',
  prep: 'Quickest',
  '-prep': 'Slowest',
  calories: 'Fewest kcal',
  '-calories': 'Most kcal',
}

const PREP_CHOICES = [5, 10, 15, 20, 30]

/** The usual ones, and what the URL asks for. */
const prepChoices = (minutes: number | null): number[] =>
  [...new Set([...PREP_CHOICES, ...(minutes ? [minutes] : [])])].sort((a, b) => a - b)

/** The categories that hold a dish under the other filters, with how many. The chosen one stays, to be taken back. */
export function CategoryLinks({
  categories,
  view,
  format,
}: {
  categories: CategoryCount[]
  view: MenuView
  format: { currency: string; locale: string }
}) {
  const counted = categories.map(({ id, name, ...counts }) => ({
    id,
    name,
    count: view.status === 'available' ? counts.available : counts.off,
  }))
  const all = { id: null, name: 'All', count: counted.reduce((sum, { count }) => sum + count, 0) }
  if (categories.length === 0 && view.categoryId === null) return null
  return (
    <nav aria-label="Categories">
      <ul className="-mx-4 flex overflow-x-auto px-2 lg:mx-0 lg:grid lg:px-0">
        {[all, ...counted]
          .filter(({ id, count }) => count > 0 || id === view.categoryId)
          .map(({ id, name, count }) => (
            <li key={id}>
              <Link
                href={menuHref({ ...view, categoryId: id, page: 1 }, format.currency)}
                prefetch={false}
                scroll={false}
                aria-current={id === view.categoryId ? 'true' : undefined}
                className={classes(
                  'flex min-h-11 items-center justify-between gap-2 rounded-md px-2 whitespace-nowrap lg:min-h-8',
                  id === view.categoryId ? 'bg-wash font-semibold' : 'hover:bg-wash',
                )}
              >
                {name}
                <span className="font-normal text-muted">{count.toLocaleString(format.locale)}</span>
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}
