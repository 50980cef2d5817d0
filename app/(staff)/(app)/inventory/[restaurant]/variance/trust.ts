import { timeAgo } from '@/app/_ui/time-ago'
import type { Variance } from '@/db/queries/stock-variance'

/** How far these figures are to be trusted, in sentences: what the cards cover, and when anybody last looked. */
export function trustWords(
  { sales, salesWithCards, neverCounted, countedWithin, oldestCount }: Variance['trust'],
  items: number,
  { now, locale }: { now: number; locale: string },
): string[] {
  const figure = (count: number) => count.toLocaleString(locale)
  return [
    cardWords({ sales, salesWithCards }),
    `${figure(countedWithin)} of ${figure(items)} ingredients were counted within or after these days.`,
    ...(neverCounted > 0
      ? [
          `${figure(neverCounted)} ${neverCounted === 1 ? 'was' : 'were'} never counted: of those, losses don’t show.`,
        ]
      : []),
    ...(oldestCount === null
      ? []
      : [
          `The oldest of the last counts was ${timeAgo(oldestCount, now)}: since then its closing stock is what the book says.`,
        ]),
  ]
}

/** How much of the sales recipe cards explain. */
export function cardWords({
  sales,
  salesWithCards,
}: Pick<Variance['trust'], 'sales' | 'salesWithCards'>): string {
  if (sales === 0) return 'Nothing was sold in these days, or its figures are not added up yet.'
  if (salesWithCards === sales) return 'Every dish that was sold has a recipe card.'
  return `Dishes with a recipe card made ${Math.floor((100 * salesWithCards) / sales)} % of the sales; what the others took counts as unexplained.`
}
