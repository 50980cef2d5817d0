import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import type { ApiKeyRow } from '@/db/queries/api-keys'
import { RevokeForm } from './revoke-form'

type Row = ApiKeyRow & { now: number }

const column = columnsFor<Row>()

const COLUMNS = [
  column.accessor('name', {
    header: 'Key',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <span className="font-semibold wrap-anywhere">{original.name}</span>
        {/* On a phone there is no column for it. */}
        <span className="block text-sm text-muted md:hidden">{original.restaurantName}</span>
      </>
    ),
  }),
  column.accessor('restaurantName', { header: 'Restaurant', meta: { wideOnly: true } }),
  column.accessor('createdAt', {
    header: 'Made',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => timeAgo(original.createdAt, original.now),
  }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    cell: ({ row: { original } }) =>
      original.lastUsedAt === null ? 'Not yet' : timeAgo(original.lastUsedAt, original.now),
  }),
  column.accessor('revokedAt', {
    header: 'State',
    cell: ({ row: { original } }) =>
      original.revokedAt === null ? (
        <RevokeForm
          slug={original.restaurantSlug}
          name={original.name}
          restaurant={original.restaurantName}
        />
      ) : (
        <StatusMark tone="muted">Revoked {timeAgo(original.revokedAt, original.now)}</StatusMark>
      ),
  }),
]

/** Keys with when each was used last. `now`: milliseconds since 1970. */
export function KeyTable({ keys, now }: { keys: ApiKeyRow[]; now: number }) {
  return (
    <DataTable
      caption="API keys, by restaurant"
      columns={COLUMNS}
      rows={keys.map((key) => ({ ...key, now }))}
      rowId={({ restaurantSlug, name, createdAt }) => `${restaurantSlug} ${createdAt} ${name}`}
    />
  )
}
