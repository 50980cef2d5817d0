import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { FilterChip } from '@/app/_ui/chip'
import { TextField } from '@/app/_ui/field'
import { LinkPending } from '@/app/_ui/link-pending'
import { addDays, type BusinessDate } from '@/domain/business-day'
import { type DateRange, rangeOf } from '@/domain/report-range'
import { RangeForm } from './range-form'
import { besides, kindOf, type ReportView, reportHref, reportPath } from './search-params'
import { rangeWords } from './words'

type Props = { slug: string | null; view: ReportView; today: BusinessDate; locale: string }

/** Which days: the usual ones by a link each, those beside them by a step, any others by their dates. */
export function RangePicker({ slug, view, today, locale }: Props) {
  const href = (range: DateRange) => reportHref(slug, { ...view, range })
  const shown = href(view.range)
  const usual: [string, DateRange][] = [
    ['Today', rangeOf('day', today)],
    ['Yesterday', rangeOf('day', addDays(today, -1))],
    ['This week', rangeOf('week', today)],
    ['Last week', besides(rangeOf('week', today), 'before')],
    ['This month', rangeOf('month', today)],
    ['Last month', besides(rangeOf('month', today), 'before')],
    ['12 months', { from: addDays(today, -364), to: today }],
  ]
  const after = besides(view.range, 'after')
  const kind = kindOf(view.range)
  const unit = kind === 'custom' ? 'days' : kind
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3 pb-6 print:hidden">
      <nav aria-label="Range" className="grid gap-3">
        <div className="flex items-center gap-1 max-md:justify-between">
          <Step href={href(besides(view.range, 'before'))} label={`The ${unit} before`}>
            <ChevronLeft size={18} aria-hidden />
          </Step>
          <b className="px-1 text-center md:min-w-44">{rangeWords(view.range, locale)}</b>
          <Step href={after.from > today ? null : href(after)} label={`The ${unit} after`}>
            <ChevronRight size={18} aria-hidden />
          </Step>
        </div>
        <ul className="flex flex-wrap gap-2">
          {usual.map(([words, range]) => (
            <li key={words}>
              <FilterChip href={href(range)} active={href(range) === shown}>
                {words}
                <LinkPending />
              </FilterChip>
            </li>
          ))}
        </ul>
      </nav>
      <RangeForm key={shown} action={reportPath(slug)}>
        {view.outliers === 'excluded' ? <input type="hidden" name="outliers" value="excluded" /> : null}
        <TextField type="date" name="from" label="From" defaultValue={view.range.from} max={today} required />
        <TextField type="date" name="to" label="To" defaultValue={view.range.to} required />
      </RangeForm>
    </div>
  )
}

const STEP = 'grid size-11 place-items-center rounded-md md:size-9'

function Step({ href, label, children }: { href: string | null; label: string; children: ReactNode }) {
  if (href === null)
    return (
      <span aria-hidden="true" className={`${STEP} text-muted opacity-40`}>
        {children}
      </span>
    )
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-label={label}
      title={label}
      className={`${STEP} relative hover:bg-wash`}
    >
      {children}
      <LinkPending />
    </Link>
  )
}
