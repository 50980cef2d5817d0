'use client'

import { useActionState } from 'react'
import { Button, EnterButton } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import type { RestaurantGroup } from '@/db/queries/change-sets'
import { publish } from '../publish-actions'
import { UndoNote } from '../undo-note'

type Props = {
  changeSetId: number
  name: string
  edits: number
  /** Whether there is something that must be decided before. */
  isBlocked: boolean
  isOpen: boolean
  restaurants: readonly { id: number; name: string }[]
  groups: readonly RestaurantGroup[]
}

/** Publishes for the whole chain or some restaurants, and says so with the way back; that stays once the set is closed. */
export function PublishForm(props: Props) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof publish>> | null, FormData>(
    publish,
    null,
  )
  const failure = result?.ok === false ? result : null
  const canPublish = props.edits > 0 && !props.isBlocked
  return (
    <>
      <UndoNote publicationId={result?.ok ? result.publicationId : null}>
        {result?.ok ? DONE[result.did] : null}
      </UndoNote>
      {props.isOpen ? (
        <form
          action={action}
          onSubmit={(event) => isPending && event.preventDefault()}
          aria-busy={isPending}
          className="grid gap-3"
        >
          <input type="hidden" name="changeSet" value={props.changeSetId} />
          <EnterButton name="intent" value="enter" disabled={!canPublish} />
          <FormMessage>{failure?.message}</FormMessage>
          <Reach {...props} values={failure?.values ?? {}} />
          <Button
            variant="primary"
            name="intent"
            value="publish"
            className="justify-self-start"
            disabled={!canPublish}
          >
            Publish {props.edits} {props.edits === 1 ? 'change' : 'changes'}
          </Button>
          {props.isBlocked ? <p className="text-muted">Decide on the conflicts above first.</p> : null}
        </form>
      ) : null}
    </>
  )
}

function Reach({ restaurants, groups, values }: Props & { values: Record<string, string> }) {
  const isSome = values.reach === 'some'
  return (
    <fieldset className="group grid gap-1">
      <legend className="sr-only">For which restaurants</legend>
      <label className="flex min-h-11 items-center gap-2 md:min-h-8">
        <input type="radio" name="reach" value="all" defaultChecked={!isSome} className="size-4" />
        The whole chain
      </label>
      <label className="flex min-h-11 items-center gap-2 md:min-h-8">
        <input
          id="reach-some"
          type="radio"
          name="reach"
          value="some"
          defaultChecked={isSome}
          className="size-4"
        />
        Some restaurants
      </label>
      <div className="hidden gap-3 border-l border-line pl-4 group-has-[#reach-some:checked]:grid">
        <p className="max-w-prose text-muted">
          There, prices, availability and new dishes go live now. All the rest waits in this change set until
          it is published for the whole chain.
        </p>
        {groups.length > 0 ? (
          <fieldset>
            <legend className="font-semibold">Groups</legend>
            <div className="flex flex-wrap gap-x-5">
              {groups.map(({ id, name, restaurantIds }, place) => (
                <Choice
                  key={id}
                  name={`groups.${place}`}
                  value={id}
                  checked={values[`groups.${place}`] !== undefined}
                >
                  {name} <span className="text-muted">({restaurantIds.length})</span>
                </Choice>
              ))}
            </div>
          </fieldset>
        ) : null}
        <fieldset>
          <legend className="font-semibold">Restaurants</legend>
          <div className="grid max-h-72 grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-5 overflow-y-auto">
            {restaurants.map(({ id, name }, place) => (
              <Choice
                key={id}
                name={`restaurants.${place}`}
                value={id}
                checked={values[`restaurants.${place}`] !== undefined}
              >
                {name}
              </Choice>
            ))}
          </div>
        </fieldset>
        <details>
          <summary className="min-h-11 py-2 text-muted md:min-h-8 md:py-1">
            Groups: keep this choice, or forget some
          </summary>
          <div className="flex flex-wrap items-end gap-3 py-2">
            <TextField
              label="Name of the group"
              name="groupName"
              maxLength={100}
              autoComplete="off"
              defaultValue={values.groupName}
              className="w-full max-w-xs"
            />
            <Button name="intent" value="save_group">
              Keep as a group
            </Button>
            {groups.length > 0 ? (
              <Button name="intent" value="remove_group" variant="quiet">
                Forget the chosen groups
              </Button>
            ) : null}
          </div>
        </details>
      </div>
    </fieldset>
  )
}

function Choice({
  name,
  value,
  checked,
  children,
}: {
  name: string
  value: number
  checked: boolean
  children: React.ReactNode
}) {
  return (
    <label className="flex min-h-11 items-center gap-2 md:min-h-8">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} className="size-4 shrink-0" />
      <span className="min-w-0 truncate">{children}</span>
    </label>
  )
}

type Done = Extract<Awaited<ReturnType<typeof publish>>, { ok: true }>

const DONE: Record<Done['did'], string> = {
  published: 'Published: guests, order entry and walls have it.',
  grouped: 'The group is kept: choose it next time.',
  removed: 'The groups are forgotten.',
}
