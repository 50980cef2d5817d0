'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { StatusMark } from '@/app/_ui/status-mark'
import { UndoNote } from '../changes/undo-note'
import { setOverrides } from './override-actions'

export type GridRow = {
  id: number
  slug: string
  name: string
  /** What it has of its own, as JSON, for the server to see whether that changed meanwhile. */
  shown: string
  price: string
  /** `chain`, `own`, or the name of the change set that sets it. */
  priceFrom: string
  isOffered: boolean
  offerFrom: string
  /** Until when it is 86'd; null: it is not. */
  off: string | null
}

type Props = {
  dish: { id: number; name: string }
  changeSetId: number | null
  canEightySix: boolean
  currency: string
  rows: readonly GridRow[]
}

type Result = Awaited<ReturnType<typeof setOverrides>> | null

/** The grid with its boxes, and what can be set for those that are ticked. */
export function OverrideForm({ dish, changeSetId, canEightySix, currency, rows }: Props) {
  const [result, action, isPending] = useActionState<Result, FormData>(setOverrides, null)
  const failure = result?.ok === false ? result : null
  return (
    <>
      <UndoNote publicationId={result?.ok ? result.publicationId : null}>
        {result?.ok ? told(result) : null}
      </UndoNote>
      <form
        action={action}
        onSubmit={(event) => isPending && event.preventDefault()}
        aria-busy={isPending}
        className="grid gap-3"
      >
        <input type="hidden" name="dish" value={dish.id} />
        <input type="hidden" name="name" value={dish.name} />
        <input type="hidden" name="changes" value={changeSetId ?? ''} />
        <FormMessage>{failure ? (failure.fields?.restaurants ?? failure.message) : null}</FormMessage>
        <div className="max-h-[32rem] max-w-4xl overflow-auto border-y border-line">
          <table className="w-full text-left">
            <caption className="sr-only">What each restaurant sells {dish.name} for</caption>
            <thead className="sticky top-0 z-10 bg-paper text-muted">
              <tr className="border-b border-line">
                <th scope="col" className="w-12 py-1">
                  <Tick name="all" label="All restaurants" isOn={failure?.values?.all === 'on'} />
                </th>
                <th scope="col" className="py-2 pr-4 font-normal">
                  Restaurant
                </th>
                <th scope="col" className="py-2 pr-4 text-right font-normal">
                  Price
                </th>
                <th scope="col" className="py-2 pr-4 font-normal">
                  On the menu
                </th>
                <th scope="col" className="py-2 font-normal">
                  86
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, place) => (
                <Row
                  key={row.id}
                  row={row}
                  place={place}
                  isOn={failure?.values?.[`restaurants.${place}.on`] === 'on'}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Controls currency={currency} canEightySix={canEightySix} failure={failure} />
      </form>
    </>
  )
}

function Row({ row, place, isOn }: { row: GridRow; place: number; isOn: boolean }) {
  const name = (part: string) => `restaurants.${place}.${part}`
  return (
    <tr className="border-b border-line last:border-b-0">
      <td>
        <input type="hidden" name={name('id')} value={row.id} />
        <input type="hidden" name={name('shown')} value={row.shown} />
        <Tick name={name('on')} label={row.name} isOn={isOn} />
      </td>
      <th scope="row" className="py-1 pr-4 font-semibold wrap-anywhere">
        {row.name}
      </th>
      <td className="py-1 pr-4 text-right whitespace-nowrap tabular-nums">
        {row.price} <Source from={row.priceFrom} />
      </td>
      <td className="py-1 pr-4 whitespace-nowrap">
        {row.isOffered ? 'yes' : 'no'} <Source from={row.offerFrom} />
      </td>
      <td className="py-1">{row.off ? <StatusMark tone="red">{row.off}</StatusMark> : null}</td>
    </tr>
  )
}

/** Where a value comes from. What is the restaurant's own stands out. */
function Source({ from }: { from: string }) {
  if (from === 'chain') return <span className="text-sm text-muted">chain</span>
  return <span className="text-sm font-semibold">{from === 'own' ? 'own' : `in ${from}`}</span>
}

function Tick({ name, label, isOn }: { name: string; label: string; isOn: boolean }) {
  return (
    <label className="grid size-11 place-items-center md:h-9">
      <input type="checkbox" name={name} value="on" defaultChecked={isOn} className="size-4" />
      <span className="sr-only">{label}</span>
    </label>
  )
}

type Failure = Extract<NonNullable<Result>, { ok: false }>

function Controls({
  currency,
  canEightySix,
  failure,
}: {
  currency: string
  canEightySix: boolean
  failure: Failure | null
}) {
  return (
    <fieldset className="grid gap-3">
      <legend className="sr-only">For the ticked restaurants</legend>
      <div className="flex flex-wrap items-start gap-3">
        <TextField
          label={`Price of their own, ${currency}`}
          name="price"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          defaultValue={failure?.values?.price}
          error={failure?.fields?.price}
          className="w-44"
        />
        <div className="flex flex-wrap gap-2 sm:pt-6">
          <Move move="price">Set price</Move>
          <Move move="chain_price">Chain’s price</Move>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Move move="withhold">Take off the menu</Move>
        <Move move="offer">Put on the menu</Move>
        <Move move="chain_offer">As the chain</Move>
      </div>
      {canEightySix ? (
        <div className="flex flex-wrap items-end gap-2">
          <SelectField label="86 until" name="lasts" className="w-44">
            <option value="closing">closing</option>
            <option value="further_notice">further notice</option>
          </SelectField>
          <Move move="86">86 there</Move>
          <Move move="back">Put back</Move>
        </div>
      ) : null}
    </fieldset>
  )
}

const Move = ({ move, children }: { move: string; children: string }) => (
  <Button name="move" value={move}>
    {children}
  </Button>
)

type Done = Extract<NonNullable<Result>, { ok: true }>

const DONE: Record<Done['move'], string> = {
  price: 'have this price of their own',
  chain_price: 'have the chain’s price',
  offer: 'have it on the menu',
  withhold: 'have it off the menu',
  chain_offer: 'have it on the menu as the chain does',
  '86': 'have 86’d it',
  back: 'have it back',
}

/** What was done, and for how many. */
function told({ move, count, changeSetId }: Done): string {
  const isKept = changeSetId !== null && move !== '86' && move !== 'back'
  const who = count === 1 ? 'one restaurant' : `${count} restaurants`
  return isKept
    ? `Kept in the change set: once it is published, ${who} will ${DONE[move]}.`
    : `Done: ${who} now ${count === 1 ? DONE[move].replace(/^have/, 'has') : DONE[move]}.`
}
