import { Difference } from '@/app/_ui/difference'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { Figures } from '@/db/fragments/report-figures'
import { changePercent, minutesText, shareText } from './words'

/** What the range comes to, each figure against the range before and the same one a year ago. */
export function ReportFigures({
  present,
  previous,
  lastYear,
  before,
  format,
}: {
  present: Figures
  previous: Figures
  lastYear: Figures
  /** What the range before is called. */
  before: string
  format: MoneyFormat
}) {
  const { locale } = format
  const others = [
    { figures: previous, words: before },
    { figures: lastYear, words: 'last year' },
  ]
  const compared = others.filter(({ figures }) => figures.placed > 0)
  const empty = others.filter(({ figures }) => figures.placed === 0)
  const changes = (of: (figures: Figures) => number | null) =>
    compared.map(({ figures, words }) => (
      <Change key={words} percent={changePercent(of(present), of(figures))} than={words} />
    ))
  const minutes = (of: (figures: Figures) => number | null) => ({
    value: minutesText(of(present), locale),
    ...(of(present) !== null && { unit: 'min' }),
    compare: changes(of),
  })
  return (
    <>
      <FigureRow>
        <Figure
          label="Revenue"
          value={<Money cents={present.revenue} format={format} />}
          compare={changes(({ revenue }) => revenue)}
        />
        <Figure
          label="Orders"
          value={present.orders.toLocaleString(locale)}
          compare={changes(({ orders }) => orders)}
        />
        <Figure
          label="Average check"
          value={
            present.averageCheck === null ? (
              '–'
            ) : (
              <Money cents={Math.round(present.averageCheck)} format={format} />
            )
          }
          compare={changes(({ averageCheck }) => averageCheck)}
        />
        <Figure label="Ticket time, median" {...minutes(({ medianMinutes }) => medianMinutes)} />
        <Figure label="9 of 10 ready within" {...minutes(({ p90Minutes }) => p90Minutes)} />
        <Figure
          label="Late"
          value={shareText(present.lateShare, locale)}
          compare={compared.map(({ figures, words }) => (
            <Was key={words} share={figures.lateShare} when={words} locale={locale} />
          ))}
        />
        <Figure
          label="Cancelled"
          value={(present.cancelledBeforeFiring + present.cancelledAfterFiring).toLocaleString(locale)}
          compare={
            <>
              <span className="block">
                {present.cancelledAfterFiring.toLocaleString(locale)} after firing
              </span>
              <span className="block">
                {present.recalls.toLocaleString(locale)} {present.recalls === 1 ? 'recall' : 'recalls'}
              </span>
            </>
          }
        />
      </FigureRow>
      {empty.length > 0 ? (
        <p className="-mt-2 pb-6 text-sm text-muted">
          From {empty.map(({ words }) => words).join(' or ')} there is nothing to compare with.
        </p>
      ) : null}
    </>
  )
}

const Was = ({ share, when, locale }: { share: number | null; when: string; locale: string }) => (
  <span className="block">
    {share === null ? `nothing from ${when}` : `${shareText(share, locale)} ${when}`}
  </span>
)

const Change = ({ percent, than }: { percent: number | null; than: string }) => (
  <span className="block">
    {percent === null ? `nothing from ${than}` : <Difference percent={percent} than={than} />}
  </span>
)
