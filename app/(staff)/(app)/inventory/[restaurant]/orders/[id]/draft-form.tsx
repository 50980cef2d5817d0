'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { CheckboxField, TextArea, TextField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import type { MoneyFormat } from '@/app/_ui/money'
import type { OrderableIngredient } from '@/db/queries/orderable-ingredients'
import type { PurchaseOrder } from '@/db/queries/purchase-orders'
import { formatMoney } from '@/domain/money'
import { packsCost } from '@/domain/purchase'
import { ADD_ROWS } from '@/domain/purchase-form'
import { formatQuantity } from '@/domain/quantity'
import { saveDraftOrder } from '../actions'
import { DraftLines } from './draft-lines'

type Props = {
  slug: string
  order: PurchaseOrder
  choices: readonly OrderableIngredient[]
  format: MoneyFormat
}

const LIST = 'ingredients-to-add'

/** A draft to edit and to send. Works before and without JavaScript; with it the total follows what is typed. */
export function DraftForm({ slug, order, choices, format }: Props) {
  const { answer, form } = useFormAction(saveDraftOrder)
  const failure = answer && !answer.ok ? answer : null
  const typedBefore = failure?.values
  const typed = (name: string, otherwise: string) => typedBefore?.[name] ?? otherwise
  const [packs, setPacks] = useState<{ version: number; of: number[] } | null>(null)
  const money = (cents: number) => formatMoney(cents, format.currency, format.locale)

  const isTouched = packs?.version === order.version
  const present =
    isTouched && packs
      ? packs.of
      : order.lines.map((line, index) => readPacks(typed(`lines.${index}.packs`, String(line.packs))))
  const costs = order.lines.map((line, index) =>
    packsCost(present[index] ?? 0, line.packSize, line.unitPrice),
  )
  const total = costs.reduce((sum, cost) => sum + cost, 0)
  const { minimumOrder, name: supplier } = order.supplier
  const isLess = minimumOrder !== null && total < minimumOrder

  const follow = ({ currentTarget }: FormEvent<HTMLFormElement>) => {
    const data = new FormData(currentTarget)
    const of = order.lines.map((_, index) => readPacks(String(data.get(`lines.${index}.packs`) ?? '')))
    setPacks({ version: order.version, of })
  }

  return (
    <form {...form} onInput={follow} className="grid gap-6">
      <input type="hidden" name="restaurant" value={slug} />
      <input type="hidden" name="order" value={order.id} />
      <input type="hidden" name="version" value={order.version} />
      {/* What was saved is on the page; the fields begin again from there. */}
      <div key={order.version} className="grid gap-6">
        {order.lines.length > 0 ? (
          <DraftLines
            lines={order.lines}
            packs={present}
            costs={costs}
            typed={typed}
            fields={failure?.fields}
            isConflict={failure?.reason === 'changed_meanwhile'}
            format={format}
          />
        ) : (
          <p className="border-y border-line py-4 text-muted">
            {supplier} delivers nothing that is missing here. Add what you want all the same.
          </p>
        )}
        <fieldset className="grid max-w-2xl gap-2">
          <legend className="pb-2 font-semibold">Add ingredients</legend>
          {Array.from({ length: ADD_ROWS }, (_, row) => row).map((row) => (
            <div key={row} className="grid grid-cols-[minmax(0,1fr)_6rem] gap-2">
              <TextField
                name={`add.${row}.ingredient`}
                label={`Further ingredient ${row + 1}`}
                labelHidden
                placeholder="Ingredient"
                list={LIST}
                autoComplete="off"
                maxLength={200}
                defaultValue={typed(`add.${row}.ingredient`, '')}
                error={failure?.fields?.[`add.${row}.ingredient`]}
              />
              <TextField
                name={`add.${row}.packs`}
                label={`Packs of further ingredient ${row + 1}`}
                labelHidden
                placeholder="Packs"
                inputMode="numeric"
                maxLength={5}
                defaultValue={typed(`add.${row}.packs`, '')}
                error={failure?.fields?.[`add.${row}.packs`]}
              />
            </div>
          ))}
          <datalist id={LIST}>
            {choices.map(({ id, name, unit, packSize, isTheirs }) => (
              <option
                key={id}
                value={name}
                label={`packs of ${formatQuantity(packSize, unit, format.locale)}${isTheirs ? '' : ', of another supplier'}`}
              />
            ))}
          </datalist>
        </fieldset>
        <TextArea
          name="note"
          label={`Note to ${supplier}`}
          maxLength={1000}
          rows={2}
          defaultValue={typed('note', order.note)}
          error={failure?.fields?.note}
          className="max-w-2xl"
        />
      </div>
      <div className="grid max-w-2xl gap-3 border-t border-edge pt-4">
        <p className="flex items-baseline justify-between text-lg">
          <span>Total</span> <output className="font-semibold">{money(total)}</output>
        </p>
        {minimumOrder === null ? null : (
          <p className={isLess ? 'border-l-2 border-amber pl-3' : 'text-muted'}>
            {isLess
              ? `${supplier} asks for ${money(minimumOrder)} at least: ${money(minimumOrder - total)} are missing.`
              : `${supplier} asks for ${money(minimumOrder)} at least.`}
          </p>
        )}
        {isLess || failure?.reason === 'below_minimum' ? (
          <CheckboxField name="acceptsLess" label="Send although it is less" />
        ) : null}
        <FormMessage>{failure?.message}</FormMessage>
        <p role="status" className="text-green empty:hidden">
          {answer?.ok && !isTouched ? 'Saved.' : ''}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button name="step" value="save">
            Save draft
          </Button>
          <Button name="step" value="send" variant="primary">
            Send order to {supplier}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** What can't be read as a number of packs costs nothing yet. */
const readPacks = (text: string): number => (/^\s*\d{1,5}\s*$/.test(text) ? Number(text) : 0)
