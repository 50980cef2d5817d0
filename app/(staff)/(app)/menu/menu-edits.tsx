'use client'

import { createContext, type ReactNode, use, useActionState, useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { moneyText } from '@/domain/money-input'
import { editCell } from './edit-actions'

type Answer = Awaited<ReturnType<typeof editCell>> | null
type Cell = Extract<NonNullable<Answer>, { ok: true }>['cell']

/** The form of the buttons that say all of an edit by themselves. */
export const CELL_FORM = 'cells'
/** The form that fetches this list with the price of a dish open, where no script opens it. */
export const OPEN_PRICE = 'open-price'

export type MenuEditing = {
  submit: (form: FormData) => void
  answer: Answer
  isPending: boolean
  /** The change set that edits go into; null: live at once. */
  changeSetId: number | null
  currency: string
  /** Dishes whose price is open. */
  open: readonly number[]
  toggle: (dish: number) => void
  /** Shuts the price of a dish, and gives its button the focus. */
  close: (dish: number) => void
}

/** Null for those who only read the list. */
export const Edits = createContext<MenuEditing | null>(null)

/** For the forms in the cells of the list: all of them share one answer, which stands above the table. */
export function useMenuEdits() {
  const edits = use(Edits)
  if (!edits) throw new Error('A cell is edited inside of MenuEdits.')
  return edits
}

/** Around the table of those who edit the menu: tells what was changed, with a way back. */
export function MenuEdits({
  format,
  changeSetId,
  view,
  opened,
  children,
}: {
  format: MoneyFormat
  changeSetId: number | null
  /** The list as its URL says it. */
  view: Readonly<Record<string, string>>
  /** The dish whose price was asked for by the URL. */
  opened: number | null
  children: ReactNode
}) {
  const [answer, submit, isPending] = useActionState<Answer, FormData>(editCell, null)
  const prices = useOpenPrices(answer, opened)
  const told = useFocusWhenLost(answer)
  return (
    <Edits value={{ submit, answer, isPending, changeSetId, currency: format.currency, ...prices }}>
      <form id={OPEN_PRICE} action="/menu">
        {Object.entries(view).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </form>
      <form id={CELL_FORM} action={submit} aria-busy={isPending}>
        <input type="hidden" name="changes" value={changeSetId ?? ''} />
      </form>
      <div ref={told} tabIndex={-1} className="outline-none">
        <div role="status">
          {answer?.ok ? (
            <Line tone="border-accent">
              <Told {...answer} format={format} />
              <CellForm cell={reversed(answer.cell)} currency={format.currency}>
                Undo
              </CellForm>
            </Line>
          ) : null}
        </div>
        {answer?.ok === false && !answer.fields ? (
          <div className="my-2 flex flex-wrap items-center gap-x-4">
            <FormMessage>{answer.message}</FormMessage>
            {answer.reason === 'changed_meanwhile' ? (
              <CellForm cell={{ ...answer.cell, was: answer.now } as Cell} currency={format.currency}>
                <Again cell={answer.cell} format={format} />
              </CellForm>
            ) : null}
          </div>
        ) : null}
      </div>
      {children}
    </Edits>
  )
}

const Line = ({ tone, children }: { tone: string; children: ReactNode }) => (
  <p className={`my-2 flex flex-wrap items-center gap-x-4 border-l-2 pl-3 ${tone}`}>{children}</p>
)

/** Which prices are open: those that were pressed, until they are saved. */
function useOpenPrices(answer: Answer, opened: number | null) {
  const [open, setOpen] = useState<readonly number[]>(opened === null || answer?.ok ? [] : [opened])
  const shut = (dish: number) => setOpen((all) => all.filter((other) => other !== dish))
  const close = (dish: number) => {
    document.querySelector<HTMLElement>(`button[name=price][value="${dish}"]`)?.focus()
    shut(dish)
  }
  const toggle = (dish: number) => (open.includes(dish) ? shut(dish) : setOpen([...open, dish]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer once
  useEffect(() => {
    if (answer?.ok && open.includes(answer.cell.dish)) close(answer.cell.dish)
  }, [answer])
  return { open, toggle, close }
}

/** The row that was edited may have left the list, and the focus with it: then it goes to what is told of it. */
function useFocusWhenLost(answer: Answer) {
  const told = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answer && document.activeElement === document.body) told.current?.focus()
  }, [answer])
  return told
}

const reversed = (cell: Cell): Cell => ({ ...cell, was: cell.value, value: cell.was }) as Cell

function Told({ cell, name, format }: { cell: Cell; name: string; format: MoneyFormat }) {
  const where = cell.changes === null ? '' : 'In the change set: '
  if (cell.field === 'isAvailable')
    return (
      where + (cell.value ? `${name} is on the chain’s menu.` : `${name} is off the menu in the whole chain.`)
    )
  return (
    <span>
      {where}
      {name} costs <Money cents={cell.value} format={format} /> now, after{' '}
      <Money cents={cell.was} format={format} />.
    </span>
  )
}

function Again({ cell, format }: { cell: Cell; format: MoneyFormat }) {
  if (cell.field === 'isAvailable') return cell.value ? 'Put it on the menu' : 'Take it off the menu'
  return (
    <>
      Make it <Money cents={cell.value} format={format} /> all the same
    </>
  )
}

/** One button that sets a cell. */
function CellForm({ cell, currency, children }: { cell: Cell; currency: string; children: ReactNode }) {
  const { submit, isPending } = useMenuEdits()
  const text = (value: number | boolean) =>
    typeof value === 'number' ? moneyText(value, currency) : value ? 'yes' : 'no'
  return (
    <form action={submit}>
      <input type="hidden" name="field" value={cell.field} />
      <input type="hidden" name="dish" value={cell.dish} />
      <input type="hidden" name="changes" value={cell.changes ?? ''} />
      <input type="hidden" name="was" value={text(cell.was)} />
      <input type="hidden" name="value" value={text(cell.value)} />
      <Button variant="quiet" aria-busy={isPending}>
        {children}
      </Button>
    </form>
  )
}
