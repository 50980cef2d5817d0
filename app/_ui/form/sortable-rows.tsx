'use client'

import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import GripVertical from 'lucide-react/icons/grip-vertical'
import X from 'lucide-react/icons/x'
import { Fragment, type ReactNode, type RefObject } from 'react'
import { Button } from '../button'
import { classes } from '../classes'
import type { Rows } from './use-rows'

const nothing = () => undefined
const SILENT = { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing }

/**
 * The rows of a form in their order: dragged by their handle, moved by Alt with the arrows or by their buttons, taken
 * away with a way back.
 */
export function SortableRows<Row>({
  list,
  label,
  rows,
  nameOf,
  className,
  children,
}: {
  list: RefObject<HTMLOListElement | null>
  label: string
  rows: Rows<Row>
  nameOf: (row: Row, place: number) => string
  /** Of each row, which lays out its fields; handle and buttons stand before and after them. */
  className: string
  children: (row: Row, place: number, key: number) => ReactNode
}) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))
  const keys = rows.rows.map(({ key }) => key + 1)
  const undo = rows.removed ? (
    <li className="flex flex-wrap items-center gap-x-3 border-t border-line py-1 text-muted">
      Taken away: {nameOf(rows.removed.entry.row, rows.removed.place)}
      <Button type="button" data-undo="" onClick={rows.undo}>
        Undo
      </Button>
    </li>
  ) : null
  return (
    <DndContext
      // Its own would count up differently on the server.
      id={label}
      sensors={sensors}
      collisionDetection={closestCenter}
      // Only fingers and mice drag; what a move did is said below for all of them.
      accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: '' } }}
      onDragEnd={({ active, over }) => {
        if (over) rows.move(keys.indexOf(Number(active.id)), keys.indexOf(Number(over.id)))
      }}
    >
      <SortableContext items={keys} strategy={verticalListSortingStrategy}>
        <ol ref={list} aria-label={label} className="grid">
          {rows.rows.map(({ key, row }, place) => (
            <Fragment key={key}>
              {rows.removed?.place === place ? undo : null}
              <SortableRow
                rowKey={key}
                name={nameOf(row, place)}
                place={place}
                rows={rows}
                className={className}
              >
                {children(row, place, key)}
              </SortableRow>
            </Fragment>
          ))}
          {rows.removed && rows.removed.place >= rows.rows.length ? undo : null}
        </ol>
        <p role="status" className="sr-only">
          {rows.said}
        </p>
      </SortableContext>
    </DndContext>
  )
}

function SortableRow<Row>({
  rowKey,
  name,
  place,
  rows,
  className,
  children,
}: {
  rowKey: number
  name: string
  place: number
  rows: Rows<Row>
  className: string
  children: ReactNode
}) {
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: rowKey + 1,
  })
  return (
    <li
      ref={setNodeRef}
      data-row={rowKey}
      onKeyDown={rows.onKeyDown(place)}
      {...(transform && { style: { transform: CSS.Translate.toString(transform), transition } })}
      className={classes(
        'group/row relative border-t border-line py-2',
        isDragging && 'z-10 bg-surface shadow-float',
        className,
      )}
    >
      {/* For fingers and mice; the buttons and keys do the same. */}
      <span
        ref={setActivatorNodeRef}
        {...listeners}
        aria-hidden="true"
        data-handle=""
        className="grid min-h-11 w-6 cursor-grab touch-none place-items-center text-muted md:min-h-9"
      >
        <GripVertical size={18} />
      </span>
      {children}
      <span data-buttons="" className="flex">
        <RowButton label={`Move ${name} up`} isOff={place === 0} onClick={() => rows.move(place, place - 1)}>
          <ChevronUp size={18} aria-hidden="true" />
        </RowButton>
        <RowButton
          label={`Move ${name} down`}
          isOff={place === rows.rows.length - 1}
          onClick={() => rows.move(place, place + 1)}
        >
          <ChevronDown size={18} aria-hidden="true" />
        </RowButton>
        <RowButton label={`Take ${name} away`} isOff={false} onClick={() => rows.remove(place)}>
          <X size={18} aria-hidden="true" />
        </RowButton>
      </span>
    </li>
  )
}

/** One that has nothing to do stays in its place and keeps the focus. */
const RowButton = ({
  label,
  isOff,
  onClick,
  children,
}: {
  label: string
  isOff: boolean
  onClick: () => void
  children: ReactNode
}) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    aria-disabled={isOff}
    onClick={onClick}
    className="grid min-h-11 min-w-11 place-items-center rounded-md text-muted hover:bg-wash hover:text-ink aria-disabled:cursor-default aria-disabled:opacity-40 md:min-h-9 md:min-w-8"
  >
    {children}
  </button>
)
