'use client'

import { Button, LinkButton } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import { answerStockAlert } from './actions'
import type { AlertLine } from './groups'

const UNTIL: [value: string, label: string][] = [
  ['', 'stock has recovered'],
  ['1', 'tomorrow'],
  ['3', 'in 3 days'],
  ['7', 'in a week'],
  ['14', 'in two weeks'],
]

/** Why an alert may wait, and until when. `back` is the list without this form. */
export function AnswerForm({ line, back }: { line: AlertLine; back: string }) {
  const { answer, form } = useFormAction(answerStockAlert)
  const failure = answer && !answer.ok ? answer : null
  return (
    <form {...form} className="grid max-w-2xl gap-3 py-2 font-normal">
      <input type="hidden" name="restaurantId" value={line.restaurantId} />
      <input type="hidden" name="ingredientId" value={line.ingredientId} />
      <input type="hidden" name="back" value={back} />
      <div className="grid gap-3 md:grid-cols-[minmax(0,1fr)_14rem]">
        <TextField
          name="reason"
          label={`Why ${line.ingredient} may wait`}
          placeholder="Comes from the market tomorrow"
          maxLength={300}
          autoComplete="off"
          autoFocus
          defaultValue={failure?.values?.reason ?? ''}
          error={failure?.fields?.reason}
        />
        <SelectField name="days" label="Quiet until" defaultValue={failure?.values?.days ?? ''}>
          {UNTIL.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <FormMessage>{failure?.message}</FormMessage>
      <div className="flex gap-2">
        <Button variant="primary">Let it wait</Button>
        <LinkButton href={back} variant="quiet" scroll={false}>
          Back
        </LinkButton>
      </div>
    </form>
  )
}
