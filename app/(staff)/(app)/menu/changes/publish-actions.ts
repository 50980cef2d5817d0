'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { publishChangeSet } from '@/db/mutations/publish'
import { removeGroup, saveGroup } from '@/db/mutations/restaurant-groups'
import { undoPublication } from '@/db/mutations/undo'
import { listRestaurantGroups } from '@/db/queries/change-sets'
import { jsonField } from '@/domain/json-field'
import { PUBLISHED_SUBJECTS } from '@/domain/record'
import { idSchema, optionalLine } from '@/domain/text'
import { conflictWords } from './conflict-words'

const MOST = 1000
const MOST_GROUPS = 100

const NOTHING = 'There is nothing left to change: everything is like that already.'
const TAKEN = 'A name in it is taken by something else now. Change one of the two names first.'
const UNKNOWN =
  'A dish in it names a category or a recipe that is not there. Change or take out that dish first.'

/** What the page asks for besides publishing. Enter keeps a group whose name is being written, and publishes otherwise. */
const intents = z.enum(['publish', 'save_group', 'remove_group', 'enter'])

const publishInput = z.object({
  changeSet: idSchema,
  reach: z.enum(['all', 'some'], { error: 'Choose for which restaurants.' }),
  restaurants: z.array(idSchema).max(MOST).default([]),
  groups: z.array(idSchema).max(MOST_GROUPS).default([]),
  groupName: optionalLine(100).default(''),
  intent: intents.default('publish'),
})

/** Publishes a change set for the chain or for the chosen restaurants; or keeps that choice as a group, or forgets groups. */
export const publish = defineAction({
  name: 'change_set.publish',
  input: publishInput,
  permission: 'menu:edit',
  run: async (scope, { changeSet, reach, restaurants, groups, groupName, intent }) => {
    const db = database()
    if (intent === 'remove_group') {
      if (groups.length === 0) return { ok: false, reason: 'no_group' } as const
      for (const groupId of groups) await removeGroup(db, scope, { groupId })
      refresh()
      return { ok: true, did: 'removed', publicationId: null } as const
    }
    const known = groups.length > 0 ? await listRestaurantGroups(db, scope, { limit: MOST_GROUPS }) : []
    const inGroups = known.filter(({ id }) => groups.includes(id)).flatMap((group) => group.restaurantIds)
    const chosen = [...new Set([...restaurants, ...inGroups])]
    if (intent === 'save_group' || (intent === 'enter' && groupName !== '')) {
      if (groupName === '') return { ok: false, reason: 'no_group_name' } as const
      const saved = await saveGroup(db, scope, { name: groupName, restaurantIds: chosen })
      if (!saved.ok) return saved
      refresh()
      return { ok: true, did: 'grouped', publicationId: null } as const
    }
    if (reach === 'some' && chosen.length === 0) return { ok: false, reason: 'no_restaurants' } as const
    const published = await publishChangeSet(db, scope, {
      changeSetId: changeSet,
      restaurantIds: reach === 'all' ? null : chosen,
    })
    if (!published.ok) {
      if (published.reason === 'conflicts') refresh()
      return published
    }
    refresh()
    return { ok: true, did: 'published', publicationId: published.publicationId } as const
  },
  words: {
    set_closed: 'This change set was published or discarded meanwhile. Reload the page.',
    conflicts:
      'Nothing was published: somebody changed the same things meanwhile. Choose below whose value stays.',
    nothing_to_publish: NOTHING,
    name_taken: TAKEN,
    unknown_reference: UNKNOWN,
    unit_in_use: TAKEN,
    no_restaurants: 'Choose at least one restaurant.',
    no_group: 'Choose the groups to forget.',
    no_group_name: 'Write a name for the group.',
  },
})

const undoConflict = z.object({
  subject: z.enum(PUBLISHED_SUBJECTS),
  id: idSchema,
  restaurant: z.union([z.literal('').transform(() => null), idSchema]),
  field: z.string().regex(/^[a-zA-Z]{1,40}$/),
  theirs: jsonField(z.unknown(), 1_000_000),
  choice: z.enum(['keep', 'undo'], { error: 'Choose one of the two.' }),
})

/** More than anybody decides one by one: of a large file the others stay as they are, or nothing is undone. */
const MOST_SHOWN = 100

const undoInput = z.object({
  publication: idSchema,
  conflicts: z.array(undoConflict).max(MOST_SHOWN).default([]),
  others: z.literal('keep').optional(),
})

/** Takes a publication back; where something was changed since, answers what, by whom and when, to be decided. */
export const undo = defineAction({
  name: 'publication.undo',
  input: undoInput,
  permission: 'menu:edit',
  run: async (scope, { publication, conflicts, others }) => {
    const decisions = conflicts.map(({ id, restaurant, ...rest }) => ({
      ...rest,
      key: { id, restaurantId: restaurant },
    }))
    const undone = await undoPublication(database(), scope, {
      publicationId: publication,
      decisions,
      keepOthers: others === 'keep',
    })
    if (undone.ok) {
      refresh()
      return { ok: true, publicationId: undone.publicationId, undid: publication } as const
    }
    if (undone.reason !== 'conflicts') return undone
    return {
      ok: false,
      reason: 'conflicts',
      publication,
      shown: await conflictWords(
        database(),
        scope,
        undone.conflicts.slice(0, MOST_SHOWN),
        await readerFormat(),
      ),
      more: Math.max(undone.conflicts.length - MOST_SHOWN, 0),
    } as const
  },
  words: {
    gone: 'This publication is not there. Reload the page.',
    already_undone: 'Somebody undid this already. Reload the page.',
    under_way: 'Its file is still being taken. Wait until that is done, then undo it.',
    nothing_to_publish: 'There is nothing left to undo: everything is as it was before.',
    conflicts: 'Nothing was undone yet: some of it was changed since. Choose what shall stay.',
    name_taken: 'A name that it would bring back is taken by something else now. Change that name first.',
    unknown_reference: UNKNOWN,
    unit_in_use: TAKEN,
  },
})
