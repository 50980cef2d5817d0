'use client'

import { type MouseEvent, use } from 'react'
import { flushSync } from 'react-dom'
import { classes } from '@/app/_ui/classes'
import { useRowLinks } from '@/app/_ui/row-links'
import { ariaSort, SortLink } from '@/app/_ui/sort-link'
import { BULK_FORM } from './bulk-form'
import { DishCell } from './dish-cell'
import type { DishLine } from './dish-lines'
import { CELLS } from './menu-cells'
import type { MenuColumn } from './menu-columns'
import { Edits } from './menu-edits'
import styles from './menu-table.module.css'
import { TickAll } from './tick-all'

/**
 * The page of dishes. A client component so that the rows travel once, as data, and not as a tree of elements besides;
 * no cell that is shut has a form of its own, since one costs more than the rest of its row.
 */
export function MenuTable({ columns, lines }: { columns: MenuColumn[]; lines: DishLine[] }) {
  const edits = use(Edits)
  const follow = useRowLinks()
  const openPrice = (event: MouseEvent<HTMLElement>) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name=price]')
    if (!button || !edits) return
    event.preventDefault()
    // At once: what is typed the moment after shall be in the field.
    flushSync(() => edits.toggle(Number(button.value)))
    button.parentElement?.querySelector<HTMLInputElement>('input[name=value]')?.select()
  }
  const press = (event: MouseEvent<HTMLElement>) => {
    openPrice(event)
    follow(event)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys press the buttons and links in it as clicks do
    <table className={classes('data-table', styles.dishes)} onClick={press}>
      <caption className="sr-only">Dishes</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={column.className}
              aria-sort={column.sort && ariaSort(column.sort.sorted)}
            >
              <Head column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            {columns.map(({ id, className, label }) =>
              id === 'name' ? (
                <th key={id} scope="row">
                  <DishCell dish={line} canEdit={edits !== null} />
                </th>
              ) : (
                <td key={id} className={className}>
                  {CELLS[id](line, edits, label)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Head({ column: { id, label, sort } }: { column: MenuColumn }) {
  if (id === 'tick') return <TickAll form={BULK_FORM} />
  if (id === 'switch') return <span className="sr-only">{label}</span>
  return sort ? <SortLink {...sort}>{label}</SortLink> : label
}
