import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { listOverrideGrid, type OverrideRow } from '@/db/queries/override-grid'
import type { MenuItem } from '@/domain/menu-item'
import { formatMoney } from '@/domain/money'
import type { ChainScope } from '@/domain/scope'
import { whenWords } from '../changes/when-words'
import { type GridRow, OverrideForm } from './override-form'

/**
 * Restaurants by what each sells a dish for, whether it does, and where each value comes from; to be set for one, some or
 * all. `chain` is the dish as it is shown on the page: live, or as the change set makes it.
 */
export async function OverrideGrid({
  scope,
  menuItemId,
  chain,
  isPublished,
  changeSet,
}: {
  scope: ChainScope<'menu:edit'>
  menuItemId: number
  chain: Pick<MenuItem, 'name' | 'price' | 'isAvailable'>
  /** Whether there is such a dish but in the change set: only then can a kitchen 86 it. */
  isPublished: boolean
  changeSet: { id: number; name: string } | null
}) {
  const format = await readerFormat()
  const rows = await listOverrideGrid(database(), scope, { menuItemId, changeSetId: changeSet?.id ?? null })
  return (
    <section aria-labelledby="restaurants" className="grid gap-3 border-t border-line py-4">
      <div>
        <h2 id="restaurants" className="text-lg font-semibold">
          In the restaurants
        </h2>
        <p className="text-muted">{whenItCounts(changeSet?.name ?? null, isPublished)}</p>
      </div>
      <OverrideForm
        dish={{ id: menuItemId, name: chain.name }}
        changeSetId={changeSet?.id ?? null}
        canEightySix={isPublished}
        currency={format.currency}
        rows={rows.map((row) => gridRow(row, chain, changeSet?.name ?? null, format))}
      />
    </section>
  )
}

function whenItCounts(changeSet: string | null, isPublished: boolean): string {
  if (changeSet === null) return 'What you set here counts at once.'
  const waits = `Prices and availability that you set here wait in “${changeSet}”.`
  return `${waits} ${isPublished ? 'An 86 counts at once.' : 'Once the dish is published, kitchens can 86 it.'}`
}

function gridRow(
  { restaurantId, slug, restaurant, live, drafted, off, portionsLeft }: OverrideRow,
  chain: Pick<MenuItem, 'price' | 'isAvailable'>,
  changeSet: string | null,
  { currency, locale }: { currency: string; locale: string },
): GridRow {
  const shown = drafted ?? live
  const sourceOf = (field: 'price' | 'isAvailable') => {
    if (drafted && drafted[field] !== live[field]) return changeSet ?? ''
    return shown[field] === null ? 'chain' : 'own'
  }
  return {
    id: restaurantId,
    slug,
    name: restaurant,
    shown: JSON.stringify(shown),
    price: formatMoney(shown.price ?? chain.price, currency, locale),
    priceFrom: sourceOf('price'),
    isOffered: shown.isAvailable ?? chain.isAvailable,
    offerFrom: sourceOf('isAvailable'),
    off: offWords(off, portionsLeft, locale),
  }
}

function offWords(off: OverrideRow['off'], portionsLeft: number | null, locale: string): string | null {
  if (off === 'further_notice') return 'until further notice'
  if (off !== null) return `until ${whenWords(off, locale)}`
  return portionsLeft === 0 ? 'sold out' : null
}
