'use server'

import { refresh } from 'next/cache'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { changeSetCookieName, changeSetCookieOptions } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { createChangeSet, discardChangeSet, dropEdit, settleConflicts } from '@/db/mutations/drafts'
import { findOpenChangeSet } from '@/db/queries/change-sets'
import { jsonField } from '@/domain/json-field'
import { idSchema, line } from '@/domain/text'

const SET_CLOSED = 'This change set was published or discarded meanwhile. Reload the page.'
const aSet = z.object({ changeSet: idSchema })

async function editIn(changeSetId: number | null): Promise<void> {
  const options = changeSetCookieOptions(environment())
  const store = await cookies()
  const name = changeSetCookieName(environment())
  store.set(name, changeSetId === null ? '' : String(changeSetId), {
    ...options,
    ...(changeSetId === null && { maxAge: 0 }),
  })
}

/** Begins a change set, in which this browser edits from now on. */
export const begin = defineAction({
  name: 'change_set.begin',
  input: z.object({ name: line(100, 'Write a name, such as Summer menu.') }),
  permission: 'menu:edit',
  run: async (scope, { name }) => {
    const made = await createChangeSet(database(), scope, { name })
    if (!made.ok) return made
    await editIn(made.changeSetId)
    return redirect(`/menu/changes/${made.changeSetId}`)
  },
  words: { name_taken: 'An open change set has this name already. Choose a different one.' },
})

/** From now on this browser collects edits in a change set. */
export const enter = defineAction({
  name: 'change_set.enter',
  input: aSet,
  permission: 'menu:edit',
  run: async (scope, { changeSet }) => {
    const found = await findOpenChangeSet(database(), scope, changeSet)
    if (!found) return { ok: false, reason: 'set_closed' } as const
    await editIn(changeSet)
    refresh()
    return { ok: true } as const
  },
  words: { set_closed: SET_CLOSED },
})

/** From now on this browser's edits go live at once. */
export const leave = defineAction({
  name: 'change_set.leave',
  input: z.object({}),
  permission: 'menu:edit',
  run: async () => {
    await editIn(null)
    refresh()
    return { ok: true } as const
  },
  words: {},
})

/** Takes one edit out of a change set. */
export const drop = defineAction({
  name: 'change_set.drop_edit',
  input: aSet.extend({ edit: idSchema }),
  permission: 'menu:edit',
  run: async (scope, { changeSet, edit }) => {
    const dropped = await dropEdit(database(), scope, { changeSetId: changeSet, editId: edit })
    if (!dropped.ok) return dropped
    refresh()
    return dropped
  },
  words: { set_closed: SET_CLOSED, gone: 'This edit was taken out already. Reload the page.' },
})

/** Puts a change set away; nothing of it goes live. */
export const discard = defineAction({
  name: 'change_set.discard',
  input: aSet,
  permission: 'menu:edit',
  run: async (scope, { changeSet }) => {
    const discarded = await discardChangeSet(database(), scope, { changeSetId: changeSet })
    if (discarded.ok) redirect('/menu/changes')
    return discarded
  },
  words: { set_closed: SET_CLOSED },
})

const settlement = z.object({
  edit: idSchema,
  field: z.string().regex(/^[a-zA-Z]{1,40}$/),
  /** The live value that was shown, as JSON. */
  theirs: jsonField(z.unknown(), 1_000_000),
  choice: z.enum(['mine', 'theirs'], { error: 'Choose one of the two.' }),
})

/** Settles every conflict that the page showed, each as it was chosen. */
export const settle = defineAction({
  name: 'change_set.settle',
  input: aSet.extend({ conflicts: z.array(settlement).min(1).max(1000) }),
  permission: 'menu:edit',
  run: async (scope, { changeSet, conflicts }) => {
    const settled = await settleConflicts(database(), scope, {
      changeSetId: changeSet,
      settlements: conflicts.map(({ edit, ...rest }) => ({ editId: edit, ...rest })),
    })
    if (!settled.ok) return settled
    refresh()
    return settled
  },
  words: {
    set_closed: SET_CLOSED,
    changed_meanwhile: 'Somebody changed one of these again meanwhile. Look at the values as they are now.',
  },
})
