import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import type { MoneyFormat } from '@/app/_ui/money'
import { LONGEST_COUNTED_MINUTES } from '@/domain/ticket-time'
import { engineeredDishes } from './engineered-dishes'
import { ReportFigures } from './figure-row'
import { FoodCostSection } from './food-cost-section'
import { HeatSection } from './heat-section'
import { MenuSection } from './menu-section'
import { MixSection } from './mix-section'
import type { ReportData } from './report-data'
import { RestaurantsSection } from './restaurants-section'
import { RevenueSection } from './revenue-section'
import { besides, type ReportView, reportHref, reportParams } from './search-params'
import { SpeedSection } from './speed-section'
import { TimeSection } from './time-section'
import { WasteSection } from './waste-section'
import { beforeWords } from './words'

/** A report of a restaurant, or of the chain where there is no slug: the range in figures, then question by question. */
export function Report({
  data,
  view,
  slug,
  dayCutoff,
  trust,
  format,
}: {
  data: ReportData
  view: ReportView
  slug: string | null
  dayCutoff: string
  /** How far the food cost is to be trusted, in sentences. */
  trust: readonly string[]
  format: MoneyFormat
}) {
  const { present, previous, lastYear, days, today } = data
  const { locale } = format
  const before = beforeWords(view.range)
  const file = (report: string) =>
    `/exports/${report}?${new URLSearchParams({ ...reportParams(view), ...(slug !== null && { restaurant: slug }) })}`
  if (present.placed === 0 && data.waste.length === 0) return <NoReport slug={slug} view={view} />
  return (
    <>
      <ReportFigures {...{ present, previous, lastYear, before, format }} />
      <Outliers slug={slug} view={view} count={present.outliers} />
      {slug === null ? (
        <RestaurantsSection
          restaurants={data.restaurants}
          view={view}
          file={file('report-restaurants')}
          format={format}
        />
      ) : null}
      <RevenueSection
        days={days}
        today={today}
        previous={data.previousDays}
        before={before}
        file={file('report-days')}
        format={format}
      />
      <TimeSection days={days} today={today} file={file('report-days')} locale={locale} />
      <HeatSection cells={data.hours} dayCutoff={dayCutoff} file={file('report-hours')} locale={locale} />
      <MixSection dishes={data.dishes} slug={slug} file={file('report-dishes')} format={format} />
      <MenuSection dishes={engineeredDishes(data.dishes)} file={file('report-dishes')} format={format} />
      <FoodCostSection
        foodCost={data.foodCost}
        today={today}
        trust={trust}
        slug={slug}
        file={file('report-food-cost')}
        format={format}
      />
      <WasteSection
        waste={data.waste}
        revenue={present.revenue}
        slug={slug}
        file={file('report-waste')}
        format={format}
      />
      <SpeedSection
        stations={data.stations}
        channels={data.channels}
        file={file('report-stations')}
        locale={locale}
      />
    </>
  )
}

/** Tickets that were forgotten rather than slow: always named, counted or not as the reader likes. */
function Outliers({ slug, view, count }: { slug: string | null; view: ReportView; count: number }) {
  const isExcluded = view.outliers === 'excluded'
  if (count === 0 && !isExcluded) return null
  const hours = LONGEST_COUNTED_MINUTES / 60
  const tickets = count === 1 ? '1 ticket' : `${count} tickets`
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-6">
      <span>
        {tickets} took {hours} h or more: more likely forgotten than slow. The times here{' '}
        {isExcluded ? 'leave them out' : 'count them'}.
      </span>
      <LinkButton
        href={reportHref(slug, { ...view, outliers: isExcluded ? 'included' : 'excluded' })}
        scroll={false}
        className="print:hidden"
      >
        {isExcluded ? 'Count them' : 'Leave them out'}
      </LinkButton>
    </p>
  )
}

const NoReport = ({ slug, view }: { slug: string | null; view: ReportView }) => (
  <Empty
    title="Nobody ordered in these days"
    action={
      <LinkButton href={reportHref(slug, { ...view, range: besides(view.range, 'before') })}>
        Show what was before
      </LinkButton>
    }
  >
    Revenue, ticket times, dishes and food cost of the days appear here as soon as there is an order.
  </Empty>
)
