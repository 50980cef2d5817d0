import Form from 'next/form'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { type CardsView, MOST_TABLES } from './search-params'

/** Which restaurants, how many tables and their numbers, as a GET form: it works before JavaScript runs, and without. */
export function CardsForm({
  view,
  restaurants,
}: {
  view: CardsView
  restaurants: readonly { slug: string; name: string }[]
}) {
  return (
    <Form
      action="/admin/table-cards"
      // Another URL has to bring its own values.
      key={JSON.stringify(view)}
      prefetch={false}
      scroll={false}
      className="grid max-w-4xl gap-4 border-t border-line py-4"
    >
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-semibold">Restaurants</legend>
        <ul className="grid max-h-64 overflow-y-auto rounded-md border border-line px-3 py-1 sm:grid-cols-2 lg:grid-cols-3">
          {restaurants.map(({ slug, name }) => (
            <li key={slug}>
              <label className="flex min-h-11 items-center gap-2 md:min-h-8">
                <input
                  type="checkbox"
                  name="at"
                  value={slug}
                  defaultChecked={view.restaurants.includes(slug)}
                  className="size-4 shrink-0"
                />
                <span className="min-w-0 wrap-anywhere">{name}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label="Cards for each"
          name="tables"
          type="number"
          min={1}
          max={MOST_TABLES}
          required
          defaultValue={view.tables}
          className="w-32"
        />
        <TextField
          label="First number"
          name="first"
          type="number"
          min={1}
          max={999}
          defaultValue={view.first}
          className="w-32"
        />
        <label className="flex min-h-11 items-center gap-2 md:min-h-9">
          <input type="checkbox" name="numbers" defaultChecked={view.isNumbered} className="size-4" />
          With table numbers
        </label>
        <Button variant="primary">Make cards</Button>
      </div>
    </Form>
  )
}
