import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import type { PersonRow } from '@/db/queries/people'
import { personState, ROLE_WORDS, SEEN_MINUTES } from './words'

type Row = PersonRow & { now: number }

const column = columnsFor<Row>()

const COLUMNS = [
  column.accessor('name', {
    header: 'Name',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <Link
          href={`/admin/people/${original.id}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
        >
          {original.name}
        </Link>
        {/* On a phone there is no column for them. */}
        <span className="block pb-2 text-sm wrap-anywhere text-muted md:hidden">
          {ROLE_WORDS[original.role]}, {restaurantWords(original)}
        </span>
      </>
    ),
  }),
  column.accessor('email', {
    header: 'E-mail',
    meta: { wideOnly: true },
    cell: ({ getValue }) => <span className="wrap-anywhere">{getValue()}</span>,
  }),
  column.accessor('role', {
    header: 'Role',
    meta: { wideOnly: true },
    cell: ({ getValue }) => ROLE_WORDS[getValue()],
  }),
  column.accessor('restaurants', {
    header: 'Restaurants',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => restaurantWords(original),
  }),
  column.accessor('lastSeenAt', {
    header: 'Last seen',
    cell: ({ row: { original } }) =>
      original.lastSeenAt === null ? '–' : timeAgo(original.lastSeenAt, original.now, SEEN_MINUTES),
  }),
  column.display({
    id: 'state',
    header: 'State',
    cell: ({ row: { original } }) => {
      const { tone, word } = personState(original)
      return <StatusMark tone={tone}>{word}</StatusMark>
    },
  }),
]

const NAMED = 2

/** The first two and how many more: somebody may work in a hundred. */
function restaurantWords({ role, restaurants }: PersonRow): string {
  if (role === 'admin') return 'all restaurants'
  if (restaurants.length === 0) return 'no restaurant'
  const more = restaurants.length - NAMED
  const named = restaurants.slice(0, NAMED).join(', ')
  return more > 0 ? `${named} +${more}` : named
}

/** People with what they may and where, by name. `now`: milliseconds since 1970. */
export function PeopleTable({ people, now }: { people: PersonRow[]; now: number }) {
  return (
    <DataTable
      caption="People, by name"
      columns={COLUMNS}
      rows={people.map((person) => ({ ...person, now }))}
      rowId={({ id }) => String(id)}
    />
  )
}
