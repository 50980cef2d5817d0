'use client'

import { Button } from '@/app/_ui/button'
import { TextArea, TextField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import type { MoneyFormat } from '@/app/_ui/money'
import type { PurchaseLine, PurchaseOrder } from '@/db/queries/purchase-orders'
import { formatQuantity, multiplyQuantity } from '@/domain/quantity'
import { unitPriceText } from '@/domain/unit-price'
import { receiveOrder } from '../actions'

/**
 * What came, as it is checked against the delivery note: filled in as if all of it had come. `id` makes a delivery
 * count once. Works before and without JavaScript.
 */
export function ReceiveForm({
  slug,
  id,
  order,
  format,
}: {
  slug: string
  id: string
  order: PurchaseOrder
  format: MoneyFormat
}) {
  const { answer, form } = useFormAction(receiveOrder)
  const failure = answer && !answer.ok ? answer : null
  const typed = (name: string, otherwise: string) => failure?.values?.[name] ?? otherwise
  const open = order.lines.filter(({ outstanding }) => outstanding !== '0')
  return (
    <form
      {...form}
      // What was taken in is on the page; the next delivery begins from there.
      key={order.deliveries.length}
      className="grid gap-4"
    >
      <input type="hidden" name="restaurant" value={slug} />
      <input type="hidden" name="order" value={order.id} />
      <input type="hidden" name="id" value={typed('id', id)} />
      <table className="data-table">
        <caption className="sr-only">What came</caption>
        <thead>
          <tr>
            <th scope="col">Ingredient</th>
            <th scope="col" className="end wide">
              To come
            </th>
            <th scope="col">Came</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {open.map((line, index) => (
            <ReceiveLine
              key={line.ingredientId}
              line={line}
              index={index}
              typed={typed}
              fields={failure?.fields}
              format={format}
            />
          ))}
        </tbody>
      </table>
      <div className="grid max-w-2xl gap-4">
        <TextField
          name="reference"
          label="Number of the delivery note"
          maxLength={80}
          autoComplete="off"
          defaultValue={typed('reference', '')}
          error={failure?.fields?.reference}
        />
        <TextArea
          name="note"
          label="Note"
          hint="Such as what was damaged and went back."
          rows={2}
          maxLength={1000}
          defaultValue={typed('note', '')}
          error={failure?.fields?.note}
        />
        <fieldset className="grid">
          <legend className="font-semibold">What did not come</legend>
          <Choice
            value="wait"
            label="still comes: keep it on order"
            isChosen={typed('rest', 'wait') === 'wait'}
          />
          <Choice
            value="close"
            label="does not come any more: close the order short"
            isChosen={typed('rest', 'wait') === 'close'}
          />
        </fieldset>
        <FormMessage>{failure?.message}</FormMessage>
        <Button variant="primary" className="justify-self-start">
          Receive delivery
        </Button>
      </div>
    </form>
  )
}

function ReceiveLine({
  line,
  index,
  typed,
  fields,
  format: { currency, locale },
}: {
  line: PurchaseLine
  index: number
  typed: (name: string, otherwise: string) => string
  fields: Record<string, string> | undefined
  format: MoneyFormat
}) {
  const { ingredient, unit } = line
  const name = (part: string) => `lines.${index}.${part}`
  const quantity = (amount: string) => formatQuantity(amount, unit, locale)
  return (
    <tr>
      <th scope="row">
        <input type="hidden" name={name('ingredientId')} value={line.ingredientId} />
        <input type="hidden" name={name('unit')} value={unit} />
        {ingredient}
        <span className="block text-muted md:hidden">{quantity(line.outstanding)} to come</span>
      </th>
      <td className="end wide">
        {quantity(line.outstanding)}
        <span className="block text-sm text-muted">
          of {quantity(multiplyQuantity(line.packSize, line.packs))}
        </span>
      </td>
      <td className="w-36">
        <TextField
          name={name('quantity')}
          label={`Came of ${ingredient}, in ${unit}`}
          labelHidden
          inputMode="decimal"
          maxLength={40}
          autoComplete="off"
          defaultValue={typed(name('quantity'), `${line.outstanding} ${unit}`)}
          error={fields?.[name('quantity')]}
        />
      </td>
      <td className="w-36">
        <TextField
          name={name('unitPrice')}
          label={`Price of one ${unit} of ${ingredient}, ${currency}`}
          labelHidden
          inputMode="decimal"
          maxLength={40}
          autoComplete="off"
          defaultValue={typed(name('unitPrice'), unitPriceText(line.unitPrice, currency))}
          error={fields?.[name('unitPrice')]}
        />
        <span className="block text-sm text-muted">
          {currency} a {unit}
        </span>
      </td>
    </tr>
  )
}

const Choice = ({ value, label, isChosen }: { value: string; label: string; isChosen: boolean }) => (
  <label className="flex min-h-11 items-center gap-2 md:min-h-9">
    <input type="radio" name="rest" value={value} defaultChecked={isChosen} className="size-5 md:size-4" />
    {label}
  </label>
)
