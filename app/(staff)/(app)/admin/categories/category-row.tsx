'use client'

import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import GripVertical from 'lucide-react/icons/grip-vertical'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { classes } from '@/app/_ui/classes'
import { StatusMark } from '@/app/_ui/status-mark'
import type { ListedCategory } from '@/db/queries/categories'

const ICON_BUTTON = 'grid size-11 shrink-0 place-items-center rounded-md hover:bg-wash md:size-9'

export function CategoryRow({
  category: { id, name, isActive, isDraft, dishes, available },
  place,
  places,
}: {
  category: ListedCategory
  place: number
  places: number
}) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id })
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={classes(
        'flex items-center gap-x-1 border-b border-line bg-paper py-0.5 md:gap-x-2',
        isDragging && 'relative z-10 bg-surface shadow-float',
      )}
    >
      {/* Alive only with JavaScript; the buttons do the same without. */}
      <button
        ref={setActivatorNodeRef}
        type="button"
        {...attributes}
        {...listeners}
        aria-label={`Move ${name}`}
        className={classes(ICON_BUTTON, 'cursor-grab touch-none text-muted [@media(scripting:none)]:hidden')}
      >
        <GripVertical size={16} aria-hidden />
      </button>
      <span className="w-5 shrink-0 text-end text-muted tabular-nums">{place + 1}</span>
      <div className="min-w-0 grow items-center gap-x-3 py-1 md:flex md:flex-wrap md:py-0">
        <Link
          href={`/admin/categories/${id}`}
          prefetch={false}
          className={classes(
            'flex items-center font-semibold underline max-md:min-h-8 decoration-edge underline-offset-[0.2em] wrap-anywhere hover:decoration-current md:min-h-9',
            !isActive && 'text-muted',
          )}
        >
          {name}
        </Link>
        {isActive ? null : <StatusMark tone="muted">Not on the menu</StatusMark>}
        {isDraft ? <StatusMark tone="blue">Changed in this change set</StatusMark> : null}
        <span className="block text-muted tabular-nums md:ml-auto">
          {available} {available === 1 ? 'dish' : 'dishes'}
          {dishes > available ? `, ${dishes - available} off the menu` : ''}
        </span>
      </div>
      <MoveButton move={`${id} up`} label={`Move ${name} up`} isEnd={place === 0}>
        <ChevronUp size={16} aria-hidden />
      </MoveButton>
      <MoveButton move={`${id} down`} label={`Move ${name} down`} isEnd={place === places - 1}>
        <ChevronDown size={16} aria-hidden />
      </MoveButton>
    </li>
  )
}

/** Stays in the tab order at the end of the list, or whoever moves a row to there loses the place. */
function MoveButton({
  move,
  label,
  isEnd,
  children,
}: {
  move: string
  label: string
  isEnd: boolean
  children: ReactNode
}) {
  return (
    <button
      type="submit"
      name="move"
      value={move}
      aria-label={label}
      aria-disabled={isEnd || undefined}
      className={classes(ICON_BUTTON, isEnd && 'opacity-40')}
    >
      {children}
    </button>
  )
}
