'use client'

import { usePathname } from 'next/navigation'
import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { z } from 'zod'
import { type FormValues, nestedValues, withField } from '@/domain/form-values'
import { Button } from '../button'
import { ConflictTable, mergedValues } from './conflict'
import { ErrorSummary } from './error-summary'
import { fieldId } from './field-names'
import { SAVED, typedValues, useUnsaved } from './unsaved'

/** What a record's action answers, as far as the form must know. */
type Answer<Doc> =
  | { ok: true; doc: Doc }
  | {
      ok: false
      reason: string
      message: string
      fields?: Record<string, string>
      values?: FormValues
      theirs?: Doc
    }

/** For the fields inside: `{...form.field('name')}`. */
export type FormView = {
  field: (name: string) => { id: string; name: string; defaultValue: string; error: string | undefined }
  checkbox: (name: string) => { id: string; name: string; defaultChecked: boolean; error: string | undefined }
  /** What the fields begin with, for parts that keep rows of their own; `name` or `name.0.part`. */
  values: FormValues
  error: (name: string) => string | undefined
}

export type RecordFormProps<Doc> = {
  /** Of `defineRecordAction`: itself, no function around it, or the form dies without JavaScript. */
  action: (previous: unknown, input: FormData) => Promise<unknown>
  id: number
  restaurantId?: number | null
  /** The record as it is shown; null for a new one. */
  base: Doc | null
  /** The change set that this goes into; null: live at once. */
  changeSetId: number | null
  /** What the fields of a document begin with. For a new record, those of `initial`. */
  toValues: (doc: Doc) => FormValues
  initial?: FormValues
  /** The action's own, so that slips are told before anything is sent. */
  schema: z.ZodType<Doc>
  /** Each field of the form by its name, in the order in which they stand. */
  labels: Readonly<Record<string, string>>
  save: string
  /** Beside the button: a way to leave. */
  children: (form: FormView) => ReactNode
  actions?: ReactNode
}

/**
 * A record's form. It works without JavaScript: the server answers with what was typed, the errors and, after somebody
 * else saved first, both versions. With it, slips are told at once, Ctrl or ⌘ with S or Enter saves, leaving asks first,
 * and what was typed is kept in the tab until it is saved.
 */
export function RecordForm<Doc>(props: RecordFormProps<Doc>) {
  const { action, id, restaurantId = null, changeSetId, toValues, schema, labels } = props
  const [result, dispatch, isPending] = useActionState(
    action as (previous: Answer<Doc> | null, input: FormData) => Promise<Answer<Doc>>,
    null,
  )
  const [slips, setSlips] = useState<{ errors: Record<string, string> } | null>(null)
  const [start, setStart] = useState<{ values: FormValues; turn: number } | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const path = usePathname()
  const { kept, forget } = useUnsaved(form, `unsaved ${path}`)
  useSaveKeys(form)

  const failure = result?.ok === false ? result : null
  const conflict =
    failure?.theirs !== undefined && failure.values
      ? conflictOf(failure.values, failure.theirs, toValues)
      : null
  const merged = conflict && mergedValues(Object.keys(labels), conflict)
  const base = conflict ? (failure?.theirs ?? null) : result?.ok ? result.doc : props.base
  const fresh = props.base ? toValues(props.base) : (props.initial ?? {})
  const values = start?.values ?? merged ?? failure?.values ?? fresh
  const hidden = { id: start?.values.id ?? String(id), base: start?.values.base ?? JSON.stringify(base) }

  useEffect(() => {
    setSlips(null)
    if (!result) return
    if (result.ok) form.current?.dispatchEvent(new Event(SAVED))
    else if (result.theirs !== undefined && result.values) {
      const both = conflictOf(result.values, result.theirs, toValues)
      const { base: _, ...typed } = mergedValues(Object.keys(labels), both)
      setStart((before) => ({
        values: { ...typed, base: JSON.stringify(result.theirs) },
        turn: (before?.turn ?? 0) + 1,
      }))
      return
    }
    // From now on the hidden base is the answer's.
    setStart((before) => before && { ...before, values: withoutBase(before.values) })
  }, [result, labels, toValues])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isPending) return
    const data = new FormData(event.currentTarget)
    const parsed = schema.safeParse(nestedValues(data))
    if (!parsed.success) {
      const errors: Record<string, string> = {}
      for (const { path, message } of parsed.error.issues) errors[path.join('.')] ??= message
      setSlips({ errors })
      return
    }
    setSlips(null)
    // Not through `action`, after which React would empty the fields.
    startTransition(() => dispatch(data))
  }
  const put = (values: FormValues) => setStart((before) => ({ values, turn: (before?.turn ?? 0) + 1 }))

  const errors = slips?.errors ?? failure?.fields ?? {}
  const error = (name: string) => errors[name]
  const view: FormView = {
    values,
    error,
    field: (name) => ({ id: fieldId(name), name, defaultValue: values[name] ?? '', error: errors[name] }),
    checkbox: (name) => ({
      id: fieldId(name),
      name,
      defaultChecked: values[name] === 'on',
      error: errors[name],
    }),
  }
  return (
    <form
      ref={form}
      action={dispatch}
      onSubmit={submit}
      noValidate
      aria-busy={isPending}
      className="grid gap-4"
    >
      {kept && !result ? (
        <p role="status" className="flex flex-wrap items-center gap-x-3 border-l-2 border-amber pl-3">
          You left this form without saving.
          <Button
            type="button"
            onClick={() => {
              put(kept)
              forget()
            }}
          >
            Put back what I typed
          </Button>
          <Button type="button" variant="quiet" onClick={forget}>
            Discard it
          </Button>
        </p>
      ) : null}
      {slips || failure ? (
        <ErrorSummary
          message={
            slips ? 'Something here is not right. Correct it and save again.' : (failure?.message ?? '')
          }
          errors={errors}
          labels={labels}
          occurrence={slips ?? failure}
        />
      ) : null}
      {failure?.reason === 'signed_out' ? (
        <a href={`/sign-in?next=${encodeURIComponent(path)}`} className="justify-self-start underline">
          Sign in again. What you typed is kept in this tab.
        </a>
      ) : null}
      {conflict ? (
        <ConflictTable
          labels={labels}
          {...conflict}
          onTake={
            start
              ? (field) => form.current && put(withField(typedValues(form.current), conflict.theirs, field))
              : null
          }
        />
      ) : null}
      <input type="hidden" name="id" value={hidden.id} />
      <input type="hidden" name="restaurantId" value={restaurantId ?? ''} />
      <input type="hidden" name="base" value={hidden.base} />
      <input type="hidden" name="changes" value={changeSetId ?? ''} />
      {/* Fields keep what is typed; another beginning is another set of them. */}
      <div key={start?.turn ?? 0} className="grid gap-4">
        {props.children(view)}
      </div>
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button variant="primary" aria-busy={isPending}>
          {props.save}
        </Button>
        {props.actions}
        <span role="status" className="text-muted">
          {result?.ok && !isPending ? 'Saved.' : ''}
        </span>
      </div>
    </form>
  )
}

function withoutBase({ base: _, ...values }: FormValues): FormValues {
  return values
}

/** The three versions: as the form showed it, as it was typed, and as it is stored now. */
function conflictOf<Doc>(mine: FormValues, theirs: Doc, toValues: (doc: Doc) => FormValues) {
  const shown = JSON.parse(mine.base ?? 'null') as Doc | null
  return { base: shown ? toValues(shown) : {}, mine, theirs: toValues(theirs) }
}

/** Ctrl or ⌘ with S or Enter, wherever the focus is. */
function useSaveKeys(form: React.RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      if (event.key.toLowerCase() !== 's' && event.key !== 'Enter') return
      event.preventDefault()
      if (!event.repeat) form.current?.requestSubmit()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [form])
}
