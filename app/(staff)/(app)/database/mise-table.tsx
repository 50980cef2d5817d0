import type { MiseFigures } from '@/app/_server/mise'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { formatSeconds } from '@/domain/duration'
import { servedShare } from './judge'

type Row = MiseFigures & { now: number; locale: string }

const column = columnsFor<Row>()

const number = (id: 'entries' | 'loads' | 'failures', header: string, wideOnly = false) =>
  column.display({
    id,
    header,
    meta: { align: 'end', wideOnly },
    cell: ({ row: { original } }) => original[id].toLocaleString(original.locale),
  })

const COLUMNS = column.columns([
  column.display({
    id: 'name',
    header: 'What is kept',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => original.name,
  }),
  number('entries', 'Entries'),
  column.display({
    id: 'bytes',
    header: 'KiB',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => Math.ceil(original.bytes / 1024).toLocaleString(original.locale),
  }),
  column.display({
    id: 'oldest',
    header: 'Oldest',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) =>
      original.oldestAt === null ? '–' : formatSeconds((original.now - original.oldestAt) / 1000),
  }),
  column.display({
    id: 'served',
    header: 'Served from it',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => {
      const share = servedShare(original)
      return share === null ? '–' : `${Math.floor(share * 100)} %`
    },
  }),
  number('loads', 'Loaded'),
  number('failures', 'Failed', true),
])

/** What the web process that answers keeps at hand, and how often that spared the database. */
export function MiseTable({
  figures,
  now,
  locale,
}: {
  figures: readonly MiseFigures[]
  /** In milliseconds since 1970. */
  now: number
  locale: string
}) {
  const rows = figures.map((each) => ({ ...each, now, locale }))
  return <DataTable caption="What is kept at hand" columns={COLUMNS} rows={rows} rowId={({ name }) => name} />
}
