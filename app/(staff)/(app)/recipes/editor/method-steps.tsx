'use client'

import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { fieldId } from '@/app/_ui/form/field-names'
import type { FormView } from '@/app/_ui/form/record-form'
import { SortableRows } from '@/app/_ui/form/sortable-rows'
import { useFreshErrors } from '@/app/_ui/form/use-fresh-errors'
import { useRows } from '@/app/_ui/form/use-rows'
import { stepsOf } from '@/domain/method-text'
import styles from './method-steps.module.css'
import { type StepRow, stepsIn } from './values'

const STEPS = { ofNew: 3, ofKnown: 1 }

const stepName = (_: StepRow, place: number): string => `step ${place + 1}`

/** How it is cooked, step by step. A numbered list that is pasted becomes its steps. */
export function MethodSteps({ form, isNew }: { form: FormView; isNew: boolean }) {
  const list = useRef<HTMLOListElement>(null)
  const rows = useRows<StepRow>(list, stepsIn(form.values, isNew ? STEPS.ofNew : STEPS.ofKnown), stepName)
  const errorOf = useFreshErrors(form, 'steps', rows.rows)
  const add = (after: number) => rows.insert(after, { text: '' })
  const onEnter = (place: number) => (event: KeyboardEvent) => {
    const { key, shiftKey, ctrlKey, metaKey, nativeEvent } = event
    if (key !== 'Enter' || shiftKey || ctrlKey || metaKey || nativeEvent.isComposing) return
    event.preventDefault()
    if (rows.rows[place + 1]?.row.text === '') rows.focus(place + 1)
    else add(place)
  }
  const onPaste = (place: number, key: number) => (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const { value, selectionStart, selectionEnd } = event.currentTarget
    const pasted = event.clipboardData.getData('text')
    const [first = '', ...rest] = stepsOf(pasted)
    if (rest.length === 0) return
    event.preventDefault()
    rows.edit(key, { text: value.slice(0, selectionStart) + first + value.slice(selectionEnd) })
    rows.insert(place, ...rest.map((text) => ({ text })))
  }
  return (
    <section aria-labelledby="method" className="min-w-0">
      <h2 id="method" className="pb-2 text-lg font-semibold">
        Method
      </h2>
      {form.error('steps') ? <p className="pb-2 text-red">{form.error('steps')}</p> : null}
      <SortableRows
        list={list}
        label="Steps of the method"
        rows={rows}
        nameOf={stepName}
        className={styles.row ?? ''}
      >
        {({ text }, place, key) => (
          <>
            <span aria-hidden="true" className="pt-2 text-end text-muted tabular-nums md:pt-1.5">
              {place + 1}
            </span>
            <TextArea
              label={`Step ${place + 1}`}
              labelHidden
              rows={1}
              data-first=""
              id={fieldId(`steps.${place}`)}
              name={`steps.${place}`}
              error={errorOf(key)}
              value={text}
              onChange={(event) => rows.edit(key, { text: event.target.value })}
              onKeyDown={onEnter(place)}
              onPaste={onPaste(place, key)}
            />
          </>
        )}
      </SortableRows>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line pt-2">
        <Button
          name="more"
          value="steps"
          onClick={(event) => {
            event.preventDefault()
            add(rows.rows.length - 1)
          }}
        >
          Add step
        </Button>
        <span className="text-sm text-muted">A numbered list that is pasted becomes steps.</span>
      </p>
    </section>
  )
}
