import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { CountSheet } from '@/db/queries/stock-counts'

/** How much was counted, and what the differences are worth. */
export function CountTotals({ totals, format }: { totals: CountSheet['totals']; format: MoneyFormat }) {
  const figure = (count: number) => count.toLocaleString(format.locale)
  const { lines, counted, differing, missing, over } = totals
  return (
    <FigureRow>
      <Figure label="Counted" value={figure(counted)} compare={`of ${figure(lines)} ingredients`} />
      <Figure label="Differ" value={differing === null ? '–' : figure(differing)} />
      <Figure label="Missing" value={missing === null ? '–' : <Money cents={missing} format={format} />} />
      <Figure label="Over" value={over === null ? '–' : <Money cents={over} format={format} />} />
    </FigureRow>
  )
}
