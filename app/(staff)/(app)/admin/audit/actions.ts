'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { decision, undoChange } from '@/db/mutations/undo'
import { getReferenceNames } from '@/db/queries/reference-names'
import { jsonField } from '@/domain/json-field'
import { referencesIn } from '@/domain/references'
import { fieldLabel, valueWords } from '../../menu/field-words'

/** What stands in the way, as it was shown: `field: value` as JSON. */
const seen = jsonField(z.record(z.string(), z.unknown()), 100_000)

/**
 * Takes back one change of the menu. Where its fields were changed again since, nothing is done at first, and the answer
 * says what they are now and would be; sent again with what was seen, they go back all the same.
 */
export const undoLine = defineAction({
  name: 'audit.undo',
  input: z.object({
    line: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    seen: seen.optional(),
  }),
  permission: 'menu:edit',
  run: async (scope, { line, seen }) => {
    const first = await undoChange(database(), scope, { auditId: line })
    const decisions =
      !first.ok && first.reason === 'conflicts' && seen
        ? first.conflicts.map((conflict) =>
            decision({ ...conflict, theirs: seen[conflict.field] }, conflict.field in seen ? 'undo' : 'keep'),
          )
        : null
    const undone = decisions ? await undoChange(database(), scope, { auditId: line, decisions }) : first
    if (undone.ok) {
      refresh()
      return { ok: true } as const
    }
    if (undone.reason !== 'conflicts') return undone
    const format = await readerFormat()
    const records = undone.conflicts.flatMap(({ field, theirs, mine }) => [
      { [field]: theirs },
      { [field]: mine },
    ])
    const context = { format, names: await getReferenceNames(database(), scope, referencesIn(records)) }
    return {
      ok: false,
      reason: 'conflicts',
      seen: JSON.stringify(Object.fromEntries(undone.conflicts.map(({ field, theirs }) => [field, theirs]))),
      shown: undone.conflicts.map(({ subject, field, theirs, mine }) => ({
        field,
        label: fieldLabel(subject, field),
        now: valueWords(subject, field, theirs, context),
        wanted: valueWords(subject, field, mine, context),
      })),
    } as const
  },
  words: {
    gone: 'This change can’t be undone. Reload the page.',
    already_undone: 'Somebody undid this already. Reload the page.',
    under_way: 'Its file is still being taken. Wait until that is done, then undo it.',
    nothing_to_publish: 'There is nothing left to undo: everything is as it was before.',
    conflicts: 'Nothing was undone yet, for it was changed again since.',
    name_taken: 'The name that it would bring back is taken by something else now. Change that name first.',
    unknown_reference: 'It names something that is not there any more.',
    unit_in_use: 'Recipes or restaurants count in the present unit, so it can’t change.',
  },
})
