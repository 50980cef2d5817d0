'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow, usePathname, useRouter } from 'next/navigation'
import { type RefObject, useActionState, useEffect, useRef, useState, useTransition } from 'react'
import type { z } from 'zod'
import { type FormValues, nestedValues, withField } from '@/domain/form-values'
import { type Conflict, mergedValues, type Side } from './conflict'
import { typedValues, useUnsaved } from './unsaved'

/** What a record's action answers, as far as the form must know. */
export type Answer<Doc> =
  | { ok: true; doc: Doc; to?: string }
  | {
      ok: false
      reason: string
      message: string
      fields?: Record<string, string>
      values?: FormValues
      theirs?: Doc
    }

export type RecordAction = (previous: unknown, input: FormData) => Promise<unknown>

type Given<Doc> = {
  action: RecordAction
  id: number
  base: Doc | null
  toValues: (doc: Doc) => FormValues
  initial?: FormValues | undefined
  schema: z.ZodType
  labels: Readonly<Record<string, string>>
}

/** What the form shows: fields begin with `values`, and another `turn` is another set of fields. */
type Shown = { values: FormValues; id: string; base: string; turn: number }

/** What was said last about the form as a whole. */
type Told =
  | { ok: true }
  | { ok: false; reason: string; message: string; errors: Readonly<Record<string, string>> }

/**
 * A record's form over time. Without JavaScript it begins with what the last post was answered. What is shown never
 * changes by itself: a page that is refreshed under the form may know a newer record, but `base` must stay the one that
 * the fields began with, or somebody's change would be overwritten unseen.
 */
export function useRecordForm<Doc>(form: RefObject<HTMLFormElement | null>, given: Given<Doc>) {
  const { action, toValues, schema, labels } = given
  const [posted, dispatch] = useActionState(
    action as (previous: Answer<Doc> | null, input: FormData) => Promise<Answer<Doc>>,
    null,
  )
  const [shown, setShown] = useState(() => firstShown(given, posted))
  const [conflict, setConflict] = useState(() => conflictIn(posted, toValues))
  const [told, setTold] = useState<Told | null>(() => toldBy(posted))
  const [isPending, startTransition] = useTransition()
  const isSending = useRef(false)
  const isAlive = useIsAlive()
  const router = useRouter()
  const { kept, takeKept, forget, markSaved } = useUnsaved(
    form,
    `unsaved ${usePathname()}`,
    posted?.ok === false,
  )

  const put = (values: FormValues, around: Partial<Shown> = {}) =>
    setShown((before) => ({ ...before, ...around, values, turn: before.turn + 1 }))

  const settle = (answer: Answer<Doc>, sent: FormValues) => {
    setTold(toldBy(answer))
    if (answer.ok) {
      markSaved(sent)
      setConflict(null)
      setShown((before) => ({ ...before, base: JSON.stringify(answer.doc) }))
      if (answer.to) router.replace(answer.to)
      return
    }
    const found = conflictIn(answer, toValues)
    if (!found) return
    setConflict(found)
    put(mergedValues(Object.keys(labels), found), { base: JSON.stringify(answer.theirs) })
  }

  const save = () => {
    if (!form.current || isSending.current) return
    const data = new FormData(form.current)
    const parsed = schema.safeParse(nestedValues(data))
    if (!parsed.success) {
      setTold({ ok: false, reason: 'slips', message: SLIPS, errors: firstErrors(parsed.error) })
      return
    }
    const sent = typedValues(form.current)
    isSending.current = true
    // Not through `dispatch`: React would empty the fields after it, and a broken connection would take the page away.
    startTransition(async () => {
      const answer = await answerTo(action, data).finally(() => {
        isSending.current = false
      })
      startTransition(() => settle(answer as Answer<Doc>, sent))
    })
  }

  return {
    dispatch,
    shown,
    told,
    conflict,
    isPending,
    /** What was typed here before, until it is put back or let go. */
    kept,
    save,
    forget,
    putBack: () => {
      if (!kept) return
      const { id = shown.id, base = shown.base, ...values } = kept
      put(values, { id, base })
      takeKept()
    },
    /** Puts one side's version of a field into the form; null before the page is alive. */
    take: isAlive
      ? (field: string, side: Side) => {
          if (!form.current || !conflict) return
          put(withField(typedValues(form.current), conflict[side], field))
          setConflict({ ...conflict, chosen: { ...conflict.chosen, [field]: side } })
        }
      : null,
    /** Whoever types on is no longer looking at what was saved. */
    onInput: () => {
      if (told?.ok) setTold(null)
    },
  }
}

/** Scripts ask for an address to go to instead of being led there. */
async function answerTo(action: RecordAction, data: FormData): Promise<unknown> {
  for (const name of [...data.keys()]) if (name.startsWith('$')) data.delete(name)
  data.set('scripted', 'yes')
  try {
    return await action(null, data)
  } catch (error) {
    unstable_rethrow(error)
    const message = unstable_isUnrecognizedActionError(error) ? UPDATED : UNREACHED
    return { ok: false, reason: 'unreached', message }
  }
}

const SLIPS = 'Something here is not right. Correct it and save again.'
const UNREACHED =
  'Brigade could not be reached, or had no room to answer. What you typed is still here. Save again in a moment: however often it is sent, it is saved once.'
const UPDATED =
  'Brigade was updated after you opened this page. Reload it: what you typed is kept, and can be put back.'

function firstErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { path, message } of error.issues) errors[path.join('.')] ??= message
  return errors
}

function firstShown<Doc>(given: Given<Doc>, posted: Answer<Doc> | null): Shown {
  const { id, base, toValues, initial = {}, labels } = given
  const fresh = { id: String(id), base: JSON.stringify(base), turn: 0 }
  const typed = posted?.ok === false ? posted.values : undefined
  if (!typed) return { ...fresh, values: base ? toValues(base) : initial }
  const found = conflictIn(posted, toValues)
  if (found && posted?.ok === false)
    return {
      ...fresh,
      id: typed.id ?? fresh.id,
      base: JSON.stringify(posted.theirs),
      values: mergedValues(Object.keys(labels), found),
    }
  return { ...fresh, id: typed.id ?? fresh.id, base: typed.base ?? fresh.base, values: typed }
}

/** The three versions: as the form showed it, as it was typed, and as it is stored now. */
function conflictIn<Doc>(answer: Answer<Doc> | null, toValues: (doc: Doc) => FormValues): Conflict | null {
  if (!answer || answer.ok || answer.theirs === undefined || !answer.values) return null
  const mine = answer.values
  const base = JSON.parse(mine.base ?? 'null') as Doc | null
  return { base: base ? toValues(base) : {}, mine, theirs: toValues(answer.theirs), chosen: {} }
}

function toldBy<Doc>(answer: Answer<Doc> | null): Told | null {
  if (!answer) return null
  if (answer.ok) return { ok: true }
  return { ok: false, reason: answer.reason, message: answer.message, errors: answer.fields ?? {} }
}

function useIsAlive(): boolean {
  const [isAlive, setIsAlive] = useState(false)
  useEffect(() => setIsAlive(true), [])
  return isAlive
}
