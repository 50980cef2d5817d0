'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { FormValues } from '@/domain/form-values'
import { Button } from '../button'
import { ConflictTable } from './conflict'
import { ErrorSummary } from './error-summary'
import { fieldId } from './field-names'
import { COMES_BACK } from './unsaved'
import { type RecordAction, useRecordForm } from './use-record-form'

/** For the fields inside: `{...form.field('name')}`. */
export type FormView = {
  field: (name: string) => { id: string; name: string; defaultValue: string; error: string | undefined }
  checkbox: (name: string) => { id: string; name: string; defaultChecked: boolean; error: string | undefined }
  /** What the fields begin with, for parts that keep rows of their own; `name` or `name.0.part`. */
  values: FormValues
  error: (name: string) => string | undefined
  /** What is wrong, by the name of the field; for parts that move their rows. */
  errors: Readonly<Record<string, string>>
}

export type RecordFormProps<Doc> = {
  /** Of `defineRecordAction`: itself, no function around it, or the form dies without JavaScript. */
  action: RecordAction
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
  schema: z.ZodType
  /** Each field of the form by its name, in the order in which they stand. */
  labels: Readonly<Record<string, string>>
  /** What a field's value says to people, where it is a number or a word of ours; for the two versions of a conflict. */
  valueWords?: (name: string, value: string) => string
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
  const { restaurantId = null, changeSetId, labels } = props
  const element = useRef<HTMLFormElement>(null)
  const form = useRecordForm(element, props)
  useSaveKeys(element)
  const path = usePathname()
  const { shown, told, conflict, isPending } = form

  const errors = told?.ok === false ? told.errors : {}
  const common = (name: string) => ({ id: fieldId(name), name, error: errors[name] })
  const view: FormView = {
    values: shown.values,
    errors,
    error: (name) => errors[name],
    field: (name) => ({ ...common(name), defaultValue: shown.values[name] ?? '' }),
    checkbox: (name) => ({ ...common(name), defaultChecked: shown.values[name] === 'on' }),
  }
  return (
    <form
      ref={element}
      action={form.dispatch}
      onSubmit={(event) => {
        event.preventDefault()
        form.save()
      }}
      onInput={form.onInput}
      // Browsers that fill in what stood here before a reload would pair old words with a new base.
      autoComplete="off"
      noValidate
      aria-busy={isPending}
      className="grid gap-4"
    >
      {form.kept && !told ? (
        <div role="status" className="flex flex-wrap items-center gap-x-3 border-l-2 border-amber pl-3">
          <p>You left this form without saving.</p>
          <Button type="button" onClick={form.putBack}>
            Put back what I typed
          </Button>
          <Button type="button" variant="quiet" onClick={form.forget}>
            Discard it
          </Button>
        </div>
      ) : null}
      {told?.ok === false && told.reason === 'more_rows' ? (
        <p role="status" className="border-l-2 border-accent py-1 pl-3">
          {told.message}
        </p>
      ) : told?.ok === false ? (
        <ErrorSummary message={told.message} errors={errors} labels={labels} occurrence={told} />
      ) : null}
      {told?.ok === false && told.reason === 'signed_out' ? (
        <a
          {...{ [COMES_BACK]: '' }}
          href={`/sign-in?next=${encodeURIComponent(path)}`}
          className="justify-self-start underline"
        >
          Sign in again. What you typed is kept in this tab.
        </a>
      ) : null}
      {conflict ? (
        <ConflictTable labels={labels} conflict={conflict} valueWords={props.valueWords} onTake={form.take} />
      ) : null}
      <input type="hidden" name="id" value={shown.id} />
      <input type="hidden" name="restaurantId" value={restaurantId ?? ''} />
      <input type="hidden" name="base" value={shown.base} />
      <input type="hidden" name="changes" value={changeSetId ?? ''} />
      {/* Fields keep what is typed; another beginning is another set of them. */}
      <div key={shown.turn} className="grid gap-4">
        {props.children(view)}
      </div>
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button variant="primary" aria-busy={isPending}>
          {props.save}
        </Button>
        {props.actions}
        <span role="status" className="text-muted">
          {told?.ok && !isPending ? 'Saved.' : ''}
        </span>
      </div>
    </form>
  )
}

/** Ctrl or ⌘ with S or Enter, wherever the focus is. */
function useSaveKeys(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      if (event.defaultPrevented || (event.key.toLowerCase() !== 's' && event.key !== 'Enter')) return
      event.preventDefault()
      if (!event.repeat) form.current?.requestSubmit()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [form])
}
