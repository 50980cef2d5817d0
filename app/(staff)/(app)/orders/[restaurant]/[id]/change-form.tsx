'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import type { OrderDetails } from '@/domain/api'
import { changeLines } from './actions'
import { ADD_ROWS, type SeenLine } from './change-input'
import { type Pressed, PressedFields } from './move-form'

/** Quantities, requests and further dishes of an order. Works before and without JavaScript. */
export function ChangeForm({
  pressed,
  lines,
  list,
}: {
  pressed: Pressed
  lines: OrderDetails['lines']
  /** The id of the list of dishes to choose from. */
  list: string
}) {
  const [result, change, isPending] = useActionState(changeLines, null)
  const failure = result && !result.ok ? result : null
  const typed = (name: string, otherwise: string) => failure?.values?.[name] ?? otherwise
  const seen: SeenLine[] = lines.map(({ line, quantity, specialRequests }) => ({
    line,
    quantity,
    note: specialRequests,
  }))
  return (
    <details>
      <summary className="inline-flex min-h-11 items-center underline md:min-h-9">Change dishes…</summary>
      <form
        // What was changed is on the page; the fields begin again from there.
        key={JSON.stringify(seen)}
        action={change}
        aria-busy={isPending}
        className="grid gap-3 pt-2"
      >
        <PressedFields pressed={pressed} />
        <input type="hidden" name="seen" value={JSON.stringify(seen)} />
        <p className="text-muted">
          A quantity of 0 takes a dish off. The kitchen sees every change in amber.
        </p>
        {lines.map(({ line, name, quantity, specialRequests }) => (
          <fieldset key={line} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2">
            <legend className="col-span-full pb-1 font-semibold">{name}</legend>
            <TextField
              name={`quantity-${line}`}
              label={`Quantity of ${name}`}
              labelHidden
              inputMode="numeric"
              maxLength={3}
              defaultValue={typed(`quantity-${line}`, String(quantity))}
              error={failure?.fields?.[`quantity-${line}`]}
            />
            <TextField
              name={`note-${line}`}
              label={`Request for ${name}`}
              labelHidden
              placeholder="Special request"
              maxLength={500}
              defaultValue={typed(`note-${line}`, specialRequests)}
            />
          </fieldset>
        ))}
        {Array.from({ length: ADD_ROWS }, (_, index) => index + 1).map((row) => (
          <fieldset
            key={row}
            className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2 md:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)]"
          >
            <legend className="sr-only">Further dish {row}</legend>
            <TextField
              name={`add-quantity-${row}`}
              label={`Quantity of further dish ${row}`}
              labelHidden
              inputMode="numeric"
              maxLength={3}
              defaultValue={typed(`add-quantity-${row}`, '1')}
              error={failure?.fields?.[`add-quantity-${row}`]}
            />
            <TextField
              name={`add-${row}`}
              label={`Further dish ${row}`}
              labelHidden
              placeholder="Add a dish by name or number"
              list={list}
              autoComplete="off"
              defaultValue={typed(`add-${row}`, '')}
              error={failure?.fields?.[`add-${row}`]}
            />
            <TextField
              name={`add-note-${row}`}
              label={`Request for further dish ${row}`}
              labelHidden
              placeholder="Special request"
              maxLength={500}
              defaultValue={typed(`add-note-${row}`, '')}
              className="max-md:col-span-full"
            />
          </fieldset>
        ))}
        <Button variant="primary" className="justify-self-start">
          Send the change to the kitchen
        </Button>
        <FormMessage>{failure?.message}</FormMessage>
      </form>
    </details>
  )
}
