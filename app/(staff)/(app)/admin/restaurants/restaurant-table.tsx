import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import type { ListedRestaurant } from '@/db/queries/restaurants'
import { RecordLink } from '../record-link'
import { POLICY_WORDS } from './words'

const column = columnsFor<ListedRestaurant>()

const columns = [
  column.accessor('name', {
    header: 'Restaurant',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <span className="inline-flex flex-wrap items-center gap-x-3">
        <RecordLink href={`/admin/restaurants/${original.id}`}>{original.name}</RecordLink>
        {original.isActive ? null : <StatusMark tone="muted">Inactive</StatusMark>}
      </span>
    ),
  }),
  column.accessor('slug', { header: 'In addresses', meta: { className: 'wrap-anywhere' } }),
  column.display({
    id: 'phone',
    header: 'Phone',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.phone || '–',
  }),
  column.display({
    id: 'hours',
    header: 'Open',
    meta: { className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => `${original.openingTime}–${original.closingTime}`,
  }),
  column.accessor('timeZone', { header: 'Time zone', meta: { wideOnly: true } }),
  column.display({
    id: 'policy',
    header: 'When stock runs out',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => POLICY_WORDS[original.stockPolicy],
  }),
]

/** The restaurants; each name leads to its form. */
export function RestaurantTable({ restaurants }: { restaurants: ListedRestaurant[] }) {
  return (
    <DataTable
      caption="Restaurants"
      columns={columns}
      rows={restaurants}
      rowId={({ id }) => String(id)}
      rowClassName={({ isActive }) => (isActive ? undefined : 'text-muted')}
    />
  )
}
