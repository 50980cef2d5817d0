import {
  type Column,
  type ColumnDef,
  constructTable,
  createColumnHelper,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import { flexRender } from '@tanstack/table-core/flex-render'
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { ariaSort, SortLink } from './sort-link'

type ColumnMeta = {
  /** Numbers stand at the end, under a header that does too. */
  align?: 'end'
  /** Left out on phones. */
  wideOnly?: boolean
  /** The cell names its row: it becomes the row's header. */
  rowHeader?: boolean
  className?: string
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  rowSortingFeature,
  columnMeta: metaHelper<ColumnMeta>(),
})
type Features = typeof features

/**
 * Column definitions for `DataTable`. An accessor column can be sorted by the query unless it says
 * `enableSorting: false`; its id is the word in the URL.
 */
export const columnsFor = <Row extends object>() => createColumnHelper<Features, Row>()

export type Sort = { id: string; desc: boolean }

/**
 * A table that the database sorted and cut to a page. The table model is built here, while rendering on the server: no
 * hooks, nothing of it is sent to the browser but the finished table, and headers are links, so it works without
 * JavaScript.
 */
export function DataTable<Row extends object>({
  caption,
  columns,
  rows,
  rowId,
  sort,
  sortHref,
  rowClassName,
  className,
}: {
  /** What the table lists; read out, not seen. */
  caption: string
  // biome-ignore lint/suspicious/noExplicitAny: a list of columns with values of different types
  columns: ColumnDef<Features, Row, any>[]
  rows: Row[]
  rowId: (row: Row) => string
  sort?: Sort
  /** The URL of the same list in another order. Without it no header is a link. */
  sortHref?: (sort: Sort) => string
  rowClassName?: (row: Row) => string | undefined
  className?: string
}): ReactNode {
  const table = constructTable<Features, Row>({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    enableSorting: sortHref !== undefined,
    state: { sorting: sort ? [sort] : [] },
  })
  return (
    <table className={classes('data-table', className)}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th
                key={header.id}
                scope="col"
                className={cellClass(header.column)}
                aria-sort={ariaSort(header.column.getIsSorted())}
              >
                {sortHref && header.column.getCanSort() ? (
                  <SortLink href={sortHref(nextSort(header.column))} sorted={header.column.getIsSorted()}>
                    {render(header.column.columnDef.header, header.getContext())}
                  </SortLink>
                ) : (
                  render(header.column.columnDef.header, header.getContext())
                )}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} className={rowClassName?.(row.original)}>
            {row.getAllCells().map((cell) => {
              const content = render(cell.column.columnDef.cell, cell.getContext())
              return cell.column.columnDef.meta?.rowHeader ? (
                <th key={cell.id} scope="row" className={cellClass(cell.column)}>
                  {content}
                </th>
              ) : (
                <td key={cell.id} className={cellClass(cell.column)}>
                  {content}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Calls the definition itself instead of making it a component: a page has hundreds of cells. */
const render = <Context extends object>(definition: unknown, context: Context) =>
  flexRender(definition, context) as ReactNode

/** One short word a cell: the rules stand in globals.css, so that a row costs few bytes. */
function cellClass<Row extends object>(column: Column<Features, Row>): string | undefined {
  const meta = column.columnDef.meta
  return classes(meta?.align, meta?.wideOnly && 'wide', meta?.className) || undefined
}

/** The order that a press on the head of a column asks for. */
const nextSort = <Row extends object>(column: Column<Features, Row>): Sort => ({
  id: column.id,
  desc: column.getNextSortingOrder() === 'desc',
})
