'use client'

import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { FormMessage } from '@/app/_ui/form-message'
import type { ListedCategory } from '@/db/queries/categories'
import { CategoryRow } from './category-row'
import { useOrder } from './use-order'

/** All categories, to be put into another order by dragging, by the keys of the handle, or by the buttons. */
export function CategoryList({
  categories,
  changeSetId,
}: {
  categories: readonly ListedCategory[]
  changeSetId: number | null
}) {
  const { dispatch, seen, shown, message, said, move, isPending } = useOrder(categories, changeSetId)
  const sensors = useSensors(
    useSensor(PointerSensor),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const nameOf = (id: string | number) => shown.find((category) => category.id === id)?.name ?? ''
  const placeOf = (id: string | number | undefined) =>
    `${shown.findIndex((category) => category.id === id) + 1} of ${shown.length}`
  return (
    <form
      action={dispatch}
      onSubmit={(event) => {
        event.preventDefault()
        const { submitter } = event.nativeEvent as SubmitEvent
        if (submitter instanceof HTMLButtonElement) move(submitter.value)
      }}
      aria-busy={isPending}
    >
      <FormMessage>{message}</FormMessage>
      <p role="status" className="sr-only">
        {said}
      </p>
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="changes" value={changeSetId ?? ''} />
      <DndContext
        // Named, or the server and the browser would count differently.
        id="categories"
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={{
          screenReaderInstructions: {
            draggable: 'Press space to lift, the arrow keys to move, space to put down, escape to leave it.',
          },
          announcements: {
            onDragStart: ({ active }) => `${nameOf(active.id)} is lifted, ${placeOf(active.id)}.`,
            onDragOver: ({ active, over }) => `${nameOf(active.id)} is over place ${placeOf(over?.id)}.`,
            onDragEnd: ({ active, over }) =>
              `${nameOf(active.id)} is put down at place ${placeOf(over?.id)}.`,
            onDragCancel: ({ active }) => `${nameOf(active.id)} stays where it was.`,
          },
        }}
        onDragEnd={({ active, over }) => {
          const to = shown.findIndex(({ id }) => id === over?.id)
          if (over && over.id !== active.id && to >= 0) move(`${active.id} to ${to}`)
        }}
      >
        <SortableContext items={shown.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
          <ol className="border-t border-line">
            {shown.map((category, place) => (
              <CategoryRow key={category.id} category={category} place={place} places={shown.length} />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </form>
  )
}
