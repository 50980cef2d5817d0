'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { v4 as uuid } from 'uuid'
import type { WallMove, WallTicket } from '@/domain/wall'
import { afterMove } from '@/domain/wall-predict'
import { undoOf } from '@/domain/wall-view'
import { forgetPress, keepPress, keptPresses, type Press } from './presses'
import { type SendResult, sendPress } from './send-press'

/** How long a press can be taken back where the ticket was. */
const UNDO_MS = 5000
/** By then the stream has brought what was answered, and the prediction is no longer needed. */
const CONFIRMED_MS = 2000
const REFUSAL_SHOWN_MS = 30_000

export type ShownPress = Press & {
  state: 'waiting' | 'done'
  doneAt: number | null
  /** Sending it has failed. */
  isStuck: boolean
  isUndone: boolean
}

const shown = (press: Press): ShownPress => ({
  ...press,
  state: 'waiting',
  doneAt: null,
  isStuck: false,
  isUndone: false,
})

/** A press that was not done, in words. */
export type Refusal = { id: string; callNumber: number; message: string }

/**
 * The presses of this screen: shown at once, sent one after the other in their order, again until somebody answers, and
 * kept in the browser meanwhile.
 * @param contact changes when the contact to the server was found again: then nothing waits any longer
 */
export function usePresses(slug: string, contact: unknown) {
  const [presses, setPresses] = useState<readonly ShownPress[]>([])
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const [signedOut, setSignedOut] = useState(false)
  // What is sent must be what is there now, not what a render saw.
  const now = useRef<readonly ShownPress[]>([])
  const update = useCallback((change: (presses: readonly ShownPress[]) => readonly ShownPress[]) => {
    now.current = change(now.current)
    setPresses(now.current)
  }, [])

  const settle = useCallback(
    (press: ShownPress, result: Exclude<SendResult, { kind: 'again' | 'signed_out' }>) => {
      forgetPress(slug, press.id)
      if (result.kind === 'done') {
        const doneAt = Date.now()
        update((all) =>
          all.map((one) => (one.id === press.id ? { ...one, state: 'done', doneAt, isStuck: false } : one)),
        )
        return
      }
      update((all) => all.filter((one) => one.id !== press.id))
      const refusal = { id: press.id, callNumber: press.ticket.callNumber, message: result.message }
      setRefusals((all) => [...all.slice(-3), refusal])
      setTimeout(() => setRefusals((all) => all.filter((one) => one.id !== press.id)), REFUSAL_SHOWN_MS)
    },
    [slug, update],
  )

  const sender = useMemo(() => {
    let isSending = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const send = async (failures = 0): Promise<void> => {
      clearTimeout(timer)
      const press = now.current.find((one) => one.state === 'waiting')
      if (isSending || !press) return
      isSending = true
      const sent = { ...press, wasSent: true }
      keepPress(slug, sent)
      update((all) => all.map((one) => (one.id === press.id ? sent : one)))
      const result = await sendPress(slug, press)
      isSending = false
      setSignedOut(result.kind === 'signed_out')
      if (result.kind === 'done' || result.kind === 'refused') {
        settle(press, result)
        return send()
      }
      update((all) => all.map((one) => (one.id === press.id ? { ...one, isStuck: true } : one)))
      timer = setTimeout(() => send(failures + 1), Math.min(500 * 2 ** failures, 5000))
    }
    return { send, stop: () => clearTimeout(timer) }
  }, [slug, update, settle])

  useEffect(() => {
    // A press of an earlier page may have been sent and answered unheard: its id takes care of that.
    const kept = keptPresses(slug, Date.now())
    update(() => kept.map(shown))
    const sendNow = () => void sender.send()
    sendNow()
    window.addEventListener('online', sendNow)
    return () => {
      window.removeEventListener('online', sendNow)
      sender.stop()
    }
  }, [slug, sender, update])

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the contact is found again
  useEffect(() => void sender.send(), [sender, contact])

  // What was answered is shown a while, with the way back, and then forgotten.
  useEffect(() => {
    const ends = presses.map(endOf).filter((end) => end !== null)
    if (ends.length === 0) return
    const timer = setTimeout(
      () => update((all) => all.filter((press) => (endOf(press) ?? Number.POSITIVE_INFINITY) > Date.now())),
      Math.max(0, Math.min(...ends) - Date.now()) + 20,
    )
    return () => clearTimeout(timer)
  }, [presses, update])

  const press = useCallback(
    (move: WallMove, ticket: WallTicket) => {
      const made = { id: uuid(), move, ticket, pressedAt: Date.now(), wasSent: false }
      keepPress(slug, made)
      update((all) => [...all, shown(made)])
      void sender.send()
    },
    [slug, sender, update],
  )

  const undo = useCallback(
    ({ id, move, ticket }: ShownPress) => {
      const current = now.current.find((one) => one.id === id)
      const back = undoOf(move, ticket)
      if (current?.state === 'waiting' && !current.wasSent) {
        forgetPress(slug, id)
        update((all) => all.filter((one) => one.id !== id))
      } else if (back) {
        update((all) => all.map((one) => (one.id === id ? { ...one, isUndone: true } : one)))
        press(back, afterMove(ticket, move) ?? ticket)
      }
    },
    [slug, update, press],
  )

  const dismiss = useCallback((id: string) => setRefusals((all) => all.filter((one) => one.id !== id)), [])

  return { presses, refusals, signedOut, press, undo, dismiss }
}

/** The presses that the wall has not heard back about in its tickets. */
export const unconfirmed = (presses: readonly ShownPress[], now: number): ShownPress[] =>
  presses.filter(({ state, doneAt }) => state === 'waiting' || (doneAt ?? 0) + CONFIRMED_MS > now)

/** The presses that wait for contact: while one could not be sent, so do all that were made after it. */
export const unsent = (presses: readonly ShownPress[]): ShownPress[] =>
  presses.some(({ isStuck }) => isStuck) ? presses.filter(({ state }) => state === 'waiting') : []

function endOf({ state, doneAt, pressedAt }: ShownPress): number | null {
  return state === 'waiting' || doneAt === null ? null : Math.max(pressedAt + UNDO_MS, doneAt + CONFIRMED_MS)
}
