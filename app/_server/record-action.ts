import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Db } from '@/db/client'
import { saveDraft } from '@/db/mutations/drafts'
import { type RecordScope, saveRecord } from '@/db/mutations/records'
import type { RecordKey } from '@/db/records/kind'
import { type Documents, RECORDS } from '@/db/records/kinds'
import { jsonField } from '@/domain/json-field'
import { DRAFT_SUBJECTS, type DraftSubject, type RecordSubject } from '@/domain/record'
import type { Permission } from '@/domain/scope'
import { idSchema } from '@/domain/text'
import { type Action, defineAction } from './action'
import { database } from './database'

type Definition<S extends RecordSubject, Typed> = {
  /** `noun.verb`, unique. */
  name: string
  subject: S
  /** From the form's nested values to what `resolve` takes; the form in the browser asks it too. */
  form: z.ZodType<Typed>
  /** Where a record is edited: a new one goes there once it is saved. */
  pathOf: (key: RecordKey) => string
} & (Typed extends Documents[S] ? { resolve?: Resolve<S, Typed> } : { resolve: Resolve<S, Typed> })

/**
 * Makes a document of what was typed where that takes the database, such as names that become ids. What it refuses it
 * says field by field.
 */
type Resolve<S extends RecordSubject, Typed> = (
  db: Db,
  scope: RecordScope<S>,
  typed: Typed,
  base: Documents[S] | null,
) => Promise<{ ok: true; doc: Documents[S] } | { ok: false; fields: Record<string, string> }>

/** A saved record as the form knows it from now on. */
type Saved<S extends RecordSubject> = { ok: true; doc: Documents[S]; changed: boolean; to?: string }
type Refused<S extends RecordSubject> =
  | { ok: false; reason: 'gone' | 'set_closed' | 'more_rows' }
  | { ok: false; reason: 'invalid'; fields: Record<string, string> }
  | {
      ok: false
      reason: 'changed_meanwhile'
      theirs: Documents[S]
      last: { by: string | null; at: number } | null
    }
  | { ok: false; reason: 'name_taken' | 'unknown_reference' | 'unit_in_use'; field: string }

/** What an action of `defineRecordAction` answers. */
export type RecordOutcome<S extends RecordSubject> = Saved<S> | Refused<S>

/**
 * The action behind a record's form (`app/_ui/form/record-form.tsx`): saves live, or into the change set that the form
 * names. What the form showed travels as JSON in `base`, so that nobody's change is overwritten unseen.
 */
export function defineRecordAction<S extends RecordSubject, Typed = Documents[S]>({
  name,
  subject,
  form,
  pathOf,
  resolve,
}: Definition<S, Typed>): Action<unknown, RecordOutcome<S>> {
  return defineAction({
    name,
    input: recordInput(subject, form),
    permission: RECORDS[subject].permission as Permission,
    run: async (scope, input): Promise<RecordOutcome<S>> => {
      if (input === MORE_ROWS) return { ok: false, reason: 'more_rows' }
      const { key, base, typed, changeSetId, isScripted } = input
      const resolved = resolve
        ? await resolve(database(), scope as never, typed, base)
        : { ok: true as const, doc: typed as Documents[S] }
      if (!resolved.ok) return { ok: false, reason: 'invalid', fields: resolved.fields }
      const { doc } = resolved
      const saved =
        changeSetId !== null && isDraftSubject(subject)
          ? await saveDraft(database(), scope as never, subject, { changeSetId, key, base, doc } as never)
          : await saveRecord(database(), scope as never, subject, { key, base, doc })
      if (!saved.ok) {
        // What names their version needs, the page may not have known.
        if (saved.reason === 'changed_meanwhile') refresh()
        return saved as Refused<S>
      }
      if (base === null) {
        if (!isScripted) redirect(pathOf(key))
        // What stands around the page counts the edits of the change set.
        if (changeSetId !== null) refresh()
        return { ok: true, doc, changed: saved.changed, to: pathOf(key) }
      }
      refresh()
      return { ok: true, doc, changed: saved.changed }
    },
    words: WORDS as never,
  }) as Action<unknown, RecordOutcome<S>>
}

const isDraftSubject = (subject: RecordSubject): subject is DraftSubject =>
  (DRAFT_SUBJECTS as readonly string[]).includes(subject)

const WORDS = {
  more_rows: 'Here are more empty rows. Nothing is saved yet.',
  gone: 'This is not there any more. Copy what you typed, and reload the page.',
  set_closed:
    'This change set was published or discarded meanwhile. Choose another one, or none, and save again.',
  changed_meanwhile: ({ last }: { last: { by: string | null } | null }) =>
    `${last?.by ?? 'Somebody else'} saved this after you opened it. Compare below, then save again.`,
  name_taken: 'Another one has this name already. Choose a different one.',
  unknown_reference: 'This is not there any more. Choose another one.',
  unit_in_use: 'Cards and stock count in this unit. Make a new ingredient to count in another one.',
}

const envelope = z.object({
  id: idSchema,
  restaurantId: z.union([z.literal('').transform(() => null), idSchema]).default(null),
  changes: z.union([z.literal('').transform(() => null), idSchema]).default(null),
  /** Said by a form that is alive: it goes to a new record's page itself, once it forgot what was typed. */
  scripted: z.string().optional(),
})

/** Asked by a form that can't add rows itself: to be shown again as it is, however unfinished, with more of them. */
const MORE_ROWS = 'more rows'
const asksForRows = z.object({ more: z.enum(['lines', 'steps']) })

function recordInput<S extends RecordSubject, Typed>(subject: S, form: z.ZodType<Typed>) {
  const around = envelope.extend({ base: jsonField(RECORDS[subject].schema.nullable(), 1_000_000) })
  return z.unknown().transform((raw, context) => {
    if (asksForRows.safeParse(raw).success) return MORE_ROWS
    const typed = form.safeParse(raw)
    const sent = around.safeParse(raw)
    const issues = [typed, sent].flatMap((parsed) => parsed.error?.issues ?? [])
    for (const { path, message } of issues) context.addIssue({ code: 'custom', path: [...path], message })
    if (!typed.success || !sent.success) return z.NEVER
    const { id, restaurantId, base, changes, scripted } = sent.data
    return {
      key: { id, restaurantId },
      base,
      typed: typed.data,
      changeSetId: changes,
      isScripted: scripted !== undefined,
    }
  })
}
