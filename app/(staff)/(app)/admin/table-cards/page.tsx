import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { environment, ownOrigins } from '@/app/_server/environment'
import { requireChain, requirePerson } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { PrintButton } from '@/app/_ui/print-button'
import { CardSheets } from './card-sheets'
import { CardsForm } from './cards-form'
import { readCardsView } from './search-params'

export const metadata: Metadata = { title: 'Table cards' }

/** More than anybody cuts in an afternoon. */
const MOST_CARDS = 1000

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Cards for the tables, with the way to the guest menu. For whoever hangs up screens: it is theirs to put up these too. */
export default async function TableCardsPage({ searchParams }: Props) {
  const view = readCardsView(await searchParams)
  await requireChain('devices:manage')
  const { restaurants } = await requirePerson()
  const chosen = restaurants.filter(({ slug }) => view.restaurants.includes(slug))
  if (chosen.length < view.restaurants.length) notFound()
  const count = chosen.length * view.tables
  return (
    <>
      <div className="print:hidden">
        <PageHeader title="Table cards" note="With the QR code of the guest menu, eight on a sheet of A4">
          {count > 0 && count <= MOST_CARDS ? <PrintButton /> : null}
        </PageHeader>
        {environment().APP_URL ? null : (
          <p className="mb-4 border-l-2 border-amber py-1 pl-3">
            APP_URL is not set, so these codes lead to this machine only. Set it to the address at which
            guests reach Brigade before you print.
          </p>
        )}
        <CardsForm view={view} restaurants={restaurants.map(({ slug, name }) => ({ slug, name }))} />
      </div>
      {count === 0 ? (
        <Empty title="No cards yet">
          Choose one or several restaurants. Their cards appear here as they come out of the printer.
        </Empty>
      ) : count > MOST_CARDS ? (
        <Empty title={`${count.toLocaleString()} cards are too many at once`}>
          Choose fewer restaurants or tables: {MOST_CARDS} cards are the most.
        </Empty>
      ) : (
        <CardSheets
          restaurants={chosen}
          origin={ownOrigins(environment())[0] ?? ''}
          tables={view.tables}
          first={view.isNumbered ? view.first : null}
        />
      )}
    </>
  )
}
