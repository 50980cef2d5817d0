import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { requireChain, requirePerson } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { listPeople } from '@/db/queries/people'
import { PeopleFilterForm } from './people-filters'
import { PeopleTable } from './people-table'
import { peopleHref, readPeopleView } from './search-params'

export const metadata: Metadata = { title: 'People' }

const PAGE_SIZE = 50

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Everybody who signs in: what they may, where they work and when they were last there. */
export default async function PeoplePage({ searchParams }: Props) {
  const view = readPeopleView(await searchParams)
  const scope = await requireChain('chain:manage')
  const { restaurants } = await requirePerson()
  const restaurant = restaurants.find(({ slug }) => slug === view.restaurant)
  if (view.restaurant && !restaurant) notFound()
  const { people, next } = await listPeople(database(), scope, {
    words: view.search.split(/\s+/).filter((word) => word !== ''),
    role: view.role,
    restaurantId: restaurant?.id ?? null,
    isActive: view.isActive,
    after: view.after,
    limit: PAGE_SIZE,
  })
  const link = 'grid min-h-11 place-items-center underline md:min-h-8'
  return (
    <>
      <PageHeader title="People" note="Everybody who signs in; screens and tills have no name here">
        <ExportLink list="people" query={new URLSearchParams(peopleHref(view).split('?')[1])} />
        <LinkButton variant="primary" href="/admin/people/new">
          Invite somebody
        </LinkButton>
      </PageHeader>
      <PeopleFilterForm view={view} restaurants={restaurants} />
      {people.length === 0 ? (
        <Empty title="Nobody is like this">
          {view.after
            ? 'The list ends here.'
            : 'Search for fewer words, or clear the filters. Somebody new appears here once they were invited.'}
        </Empty>
      ) : (
        <PeopleTable people={people} now={Date.now()} />
      )}
      {next || view.after ? (
        <nav aria-label="Pages" className="flex justify-between py-3">
          {view.after ? (
            <Link href={peopleHref(view)} prefetch={false} className={link}>
              First page
            </Link>
          ) : (
            <span />
          )}
          {next ? (
            <Link href={peopleHref(view, { after: next })} prefetch={false} className={link}>
              Next {PAGE_SIZE}
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  )
}
