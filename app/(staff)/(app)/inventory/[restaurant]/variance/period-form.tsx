import Form from 'next/form'
import { Button } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { TextField } from '@/app/_ui/field'
import type { BusinessDate } from '@/domain/business-day'
import { lastDays, monthOf, periodHref, type VariancePeriod } from './search-params'

/** Which days: the usual ones by a link each, any others by their dates. */
export function PeriodForm({
  slug,
  period,
  today,
}: {
  slug: string
  period: VariancePeriod
  today: BusinessDate
}) {
  const usual: [string, VariancePeriod][] = [
    ['7 days', lastDays(today, 7)],
    ['28 days', lastDays(today, 28)],
    ['This month', monthOf(today)],
    ['Last month', monthOf(today, 1)],
  ]
  const shown = periodHref(slug, period)
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3 pb-4">
      <nav aria-label="Period">
        <ul className="flex flex-wrap gap-2">
          {usual.map(([words, one]) => (
            <li key={words}>
              <FilterChip href={periodHref(slug, one)} active={periodHref(slug, one) === shown}>
                {words}
              </FilterChip>
            </li>
          ))}
        </ul>
      </nav>
      <Form
        key={shown}
        action={`/inventory/${slug}/variance`}
        prefetch={false}
        scroll={false}
        className="grid grid-cols-2 items-end gap-2 md:flex"
      >
        <TextField type="date" name="from" label="From" defaultValue={period.from} max={today} />
        <TextField type="date" name="to" label="To" defaultValue={period.to} max={today} />
        <Button className="col-span-2">Compare</Button>
      </Form>
    </div>
  )
}
