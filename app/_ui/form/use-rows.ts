'use client'

import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { CHANGED } from './unsaved'

/** A row under a key that stays its own, wherever it is moved. */
export type Keyed<Row> = { key: number; row: Row }

export type Rows<Row> = {
  rows: readonly Keyed<Row>[]
  /** What was taken away last, and where it stood. */
  removed: { place: number; entry: Keyed<Row> } | null
  /** What was done last, for those who can't see it. */
  said: string
  edit: (key: number, change: Partial<Row>) => void
  /** All rows at once; no row comes or goes. */
  editAll: (change: (row: Row) => Row) => void
  /** Puts rows after a place (-1: before all) and the focus into the last of them. */
  insert: (after: number, ...rows: Row[]) => void
  remove: (place: number) => void
  undo: () => void
  move: (from: number, to: number) => void
  focus: (place: number) => void
  onKeyDown: (place: number) => (event: KeyboardEvent) => void
}

/**
 * Rows of a form that are added, moved and taken away. The focus follows what is done: a new row's first field has it,
 * a moved row keeps it, and after a removal the button that undoes it has it. Rows carry `data-row`, their first field
 * `data-first` and the button `data-undo`, within `list`.
 */
export function useRows<Row>(
  list: RefObject<HTMLElement | null>,
  beginning: readonly Row[],
  nameOf: (row: Row, place: number) => string,
): Rows<Row> {
  const [rows, setRows] = useState<readonly Keyed<Row>[]>(() => beginning.map((row, key) => ({ key, row })))
  const [removed, setRemoved] = useState<Rows<Row>['removed']>(null)
  const [said, setSaid] = useState('')
  const nextKey = useRef(beginning.length)
  const focusOn = useRef<string | Element | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the rows
  useLayoutEffect(() => {
    const wanted = focusOn.current
    focusOn.current = null
    const element = typeof wanted === 'string' ? list.current?.querySelector(wanted) : wanted
    if (element instanceof HTMLElement && element !== document.activeElement) element.focus()
  }, [rows, removed, list])

  // The form learns that fields came, went or were moved; what is typed it hears itself.
  const order = rows.map(({ key }) => key).join()
  const knownOrder = useRef(order)
  useEffect(() => {
    if (knownOrder.current === order) return
    knownOrder.current = order
    list.current?.closest('form')?.dispatchEvent(new Event(CHANGED))
  }, [order, list])

  const firstFieldOf = (key: number | undefined) => `[data-row="${key}"] [data-first]`
  const insert: Rows<Row>['insert'] = (after, ...added) => {
    const entries = added.map((row) => ({ key: nextKey.current++, row }))
    focusOn.current = firstFieldOf(entries.at(-1)?.key)
    setRows((before) => before.toSpliced(after + 1, 0, ...entries))
    setRemoved(null)
    setSaid('')
  }
  const remove: Rows<Row>['remove'] = (place) => {
    const entry = rows[place]
    if (!entry) return
    focusOn.current = '[data-undo]'
    setRemoved({ place, entry })
    setRows(rows.toSpliced(place, 1))
    setSaid(`Taken away: ${nameOf(entry.row, place)}.`)
  }
  const undo = () => {
    if (!removed) return
    const { place, entry } = removed
    focusOn.current = firstFieldOf(entry.key)
    setRows((before) => before.toSpliced(place, 0, entry))
    setRemoved(null)
    setSaid(`Back again: ${nameOf(entry.row, place)}.`)
  }
  const move: Rows<Row>['move'] = (from, to) => {
    const entry = rows[from]
    if (!entry || from === to || to < 0 || to >= rows.length) return
    // An element that is moved in the page loses the focus.
    focusOn.current = document.activeElement
    setRows(rows.toSpliced(from, 1).toSpliced(to, 0, entry))
    setRemoved(null)
    setSaid(`Number ${to + 1} of ${rows.length}: ${nameOf(entry.row, from)}.`)
  }
  return {
    rows,
    removed,
    said,
    insert,
    remove,
    undo,
    move,
    edit: (key, change) =>
      setRows((before) =>
        before.map((entry) => (entry.key === key ? { key, row: { ...entry.row, ...change } } : entry)),
      ),
    editAll: (change) => setRows((before) => before.map(({ key, row }) => ({ key, row: change(row) }))),
    focus: (place) => {
      const field = list.current?.querySelector(firstFieldOf(rows[place]?.key))
      if (field instanceof HTMLElement) field.focus()
    },
    onKeyDown: (place) => (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      event.preventDefault()
      move(place, event.key === 'ArrowUp' ? place - 1 : place + 1)
    },
  }
}
