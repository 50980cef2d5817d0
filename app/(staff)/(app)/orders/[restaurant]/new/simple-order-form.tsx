'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { CHANNELS } from '@/domain/vocabulary'
import { CHANNEL_WORDS, placeOf } from '../../words'
import { takeOrder } from './actions'
import { FORM_ROWS } from './order-form-input'

/** Takes an order without JavaScript: a row a dish, checked and priced by the server. */
export function SimpleOrderForm({ slug, formKey, list }: { slug: string; formKey: string; list: string }) {
  const [result, take] = useActionState(takeOrder, null)
  const failure = result && !result.ok ? result : null
  const typed = (name: string) => failure?.values?.[name]
  if (result?.ok)
    return (
      <div className="grid gap-4">
        <p className="text-[7rem] leading-none font-semibold">#{result.order.callNumber}</p>
        <p className="text-lg">Order placed: {placeOf(result.order)}</p>
        <p className="flex gap-4">
          {/* Not a Link: without JavaScript it is a page like any other. */}
          <a href={`/orders/${slug}/new`} className="underline">
            Next order
          </a>
          <a href={`/orders/${slug}/${result.order.id}`} className="underline">
            See this order
          </a>
        </p>
      </div>
    )
  return (
    <form action={take} className="grid max-w-3xl gap-3">
      <FormMessage>{failure?.message}</FormMessage>
      <input type="hidden" name="restaurant" value={slug} />
      {/* What is sent again is the same order. */}
      <input type="hidden" name="key" value={typed('key') ?? formKey} />
      <div className="grid gap-2 md:grid-cols-3">
        <SelectField name="channel" label="Channel" defaultValue={typed('channel') ?? 'dine_in'}>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {CHANNEL_WORDS[channel]}
            </option>
          ))}
        </SelectField>
        <TextField
          name="placeOrName"
          label="Table or name"
          maxLength={80}
          defaultValue={typed('placeOrName')}
        />
        <TextField name="phone" label="Phone" type="tel" maxLength={20} defaultValue={typed('phone')} />
      </div>
      {Array.from({ length: FORM_ROWS }, (_, index) => index + 1).map((row) => (
        <fieldset key={row} className="grid grid-cols-[4rem_minmax(0,1fr)_minmax(0,1fr)] gap-2">
          <legend className="sr-only">Dish {row}</legend>
          <TextField
            name={`quantity-${row}`}
            label={`Quantity ${row}`}
            labelHidden
            inputMode="numeric"
            maxLength={3}
            defaultValue={typed(`quantity-${row}`) ?? '1'}
          />
          <TextField
            name={`dish-${row}`}
            label={`Dish ${row}`}
            labelHidden
            placeholder="Dish or number"
            list={list}
            autoComplete="off"
            defaultValue={typed(`dish-${row}`)}
          />
          <TextField
            name={`note-${row}`}
            label={`Note ${row}`}
            labelHidden
            placeholder="Note"
            maxLength={500}
            defaultValue={typed(`note-${row}`)}
          />
        </fieldset>
      ))}
      <TextField
        name="instructions"
        label="Instructions"
        maxLength={1000}
        defaultValue={typed('instructions')}
      />
      <Button variant="primary" className="justify-self-start">
        Send to the kitchen
      </Button>
    </form>
  )
}
