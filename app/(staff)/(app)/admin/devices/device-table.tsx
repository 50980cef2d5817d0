import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import type { Device } from '@/db/queries/devices'
import { deviceState } from './last-seen'

type Row = Device & { now: number }

const column = columnsFor<Row>()

const name = column.accessor('name', {
  header: 'Screen',
  meta: { rowHeader: true },
  cell: ({ row: { original } }) => (
    <>
      <Link
        href={`/admin/devices/${original.restaurantSlug}/${original.id}`}
        prefetch={false}
        className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
      >
        {original.name}
      </Link>
      {/* On a phone there is no column for it. */}
      <span className="block pb-2 text-sm text-muted md:hidden">{original.restaurantName}</span>
    </>
  ),
})
const restaurant = column.accessor('restaurantName', { header: 'Restaurant', meta: { wideOnly: true } })
const rest = [
  column.display({
    id: 'state',
    header: 'State',
    cell: ({ row: { original } }) => {
      const { tone, word } = deviceState(original)
      return <StatusMark tone={tone}>{word}</StatusMark>
    },
  }),
  column.display({
    id: 'seen',
    header: 'Last seen',
    cell: ({ row: { original } }) =>
      original.lastSeenAt === null ? '–' : timeAgo(original.lastSeenAt, original.now),
  }),
  column.display({
    id: 'approved',
    header: 'Approved by',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => `${original.approvedBy}, ${timeAgo(original.approvedAt, original.now)}`,
  }),
]

/** The screens with how they do; each name leads to where it is changed. */
export function DeviceTable({
  devices,
  now,
  showRestaurant,
}: {
  devices: Device[]
  now: number
  showRestaurant: boolean
}) {
  return (
    <DataTable
      caption="Wall screens"
      columns={[name, ...(showRestaurant ? [restaurant] : []), ...rest]}
      rows={devices.map((device) => ({ ...device, now }))}
      rowId={({ restaurantSlug, id }) => `${restaurantSlug}-${id}`}
      rowClassName={({ revokedAt }) => (revokedAt === null ? undefined : 'text-muted')}
    />
  )
}
