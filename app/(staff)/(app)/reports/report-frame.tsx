import type { ReactNode } from 'react'
import { PageHeader } from '@/app/_ui/page-header'
import { PrintButton } from '@/app/_ui/print-button'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import type { BusinessDate } from '@/domain/business-day'
import { RangePicker } from './range-picker'
import { type ReportView, reportParams } from './search-params'
import { rangeWords } from './words'

/** What stands above a report: whose it is, which days, and the ways to others. */
export function ReportFrame({
  slug,
  name,
  restaurants,
  view,
  today,
  locale,
  children,
}: {
  slug: string | null
  name: string
  restaurants: readonly { slug: string; name: string }[]
  view: ReportView
  today: BusinessDate
  locale: string
  children: ReactNode
}) {
  return (
    <>
      <PageHeader
        title="Report"
        note={
          <>
            {name}
            <span className="hidden print:inline">, {rangeWords(view.range, locale)}</span>
          </>
        }
      >
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          {restaurants.length > 1 ? (
            <RestaurantSwitcher
              restaurants={restaurants}
              current={slug}
              action="/reports"
              all="All restaurants"
              keep={reportParams(view)}
            />
          ) : null}
          <PrintButton variant="quiet" />
        </div>
      </PageHeader>
      <RangePicker slug={slug} view={view} today={today} locale={locale} />
      <div className="gives-way">{children}</div>
    </>
  )
}
