'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { CountSheetLine } from '@/db/queries/stock-counts'
import type { FormValues } from '@/domain/form-values'
import { saveLines } from '../actions'
import { readKept, writeKept } from './kept-lines'

/** What became of a line that was typed. */
export type LineState = 'empty' | 'saved' | 'unsaved' | 'wrong'
export type TypedLine = { typed: string; state: LineState }

const SAVE_AFTER_MS = 500
const FIRST_RETRY_MS = 2000
const LAST_RETRY_MS = 30_000
const AMOUNT = /^\d{1,9}([.,]\d{1,3})?$/
const NO_CONTACT = 'No contact. What you type is kept on this phone and saved as soon as there is.'

/** As it is stored, unless a form that was refused brought something else back. */
function begin(lines: readonly CountSheetLine[], refused: FormValues | undefined): Map<number, TypedLine> {
  return new Map(
    lines.map(({ ingredientId, counted }, place) => {
      const stored = counted ?? ''
      const typed = refused?.[`lines.${place}.counted`] ?? stored
      return [ingredientId, { typed, state: typed === stored ? settled(typed) : unsettled(typed) }]
    }),
  )
}

const settled = (text: string): LineState => (text === '' ? 'empty' : 'saved')
const unsettled = (text: string): LineState => (isAmount(text.trim()) ? 'unsaved' : 'wrong')

/** The field of an ingredient in the page. */
export const fieldId = (ingredientId: number): string => `line-${ingredientId}`

/**
 * Lines that save themselves. What was typed goes to the browser's store at once, to the server when typing stops, and
 * leaves the store when the server has it. Whatever stops that is tried again, soon and when the network is back.
 */
export function useCountLines(
  restaurant: string,
  {
    countId,
    lines,
    refused,
  }: { countId: string; lines: readonly CountSheetLine[]; refused: FormValues | undefined },
) {
  const [typed, setTyped] = useState(() => begin(lines, refused))
  const first = useRef(typed)
  const [message, setMessage] = useState<string | null>(null)
  const waiting = useRef(new Map<number, string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isSending = useRef(false)
  const retryMs = useRef(FIRST_RETRY_MS)

  const show = useCallback((ingredientId: number, line: TypedLine) => {
    setTyped((before) => new Map(before).set(ingredientId, line))
  }, [])

  const send = useCallback(async () => {
    clearTimeout(timer.current)
    const sent = [...waiting.current].filter(([, text]) => isAmount(text))
    if (isSending.current || sent.length === 0) return
    isSending.current = true
    const answer = await saveLines({
      restaurant,
      countId,
      lines: sent.map(([ingredientId, counted]) => ({ ingredientId, counted })),
    }).catch(() => null)
    isSending.current = false
    if (answer?.ok) {
      for (const [ingredientId, text] of sent) {
        // What was typed over it meanwhile is still to be sent.
        if (waiting.current.get(ingredientId) !== text) continue
        waiting.current.delete(ingredientId)
        show(ingredientId, { typed: text, state: settled(text) })
      }
      writeKept(countId, waiting.current)
      retryMs.current = FIRST_RETRY_MS
      setMessage(null)
      if ([...waiting.current.values()].some(isAmount)) timer.current = setTimeout(send, 0)
      return
    }
    setMessage(answer?.message ?? NO_CONTACT)
    if (answer?.reason === 'not_open') return
    timer.current = setTimeout(send, retryMs.current)
    retryMs.current = Math.min(2 * retryMs.current, LAST_RETRY_MS)
  }, [restaurant, countId, show])

  const type = useCallback(
    (ingredientId: number, text: string) => {
      waiting.current.set(ingredientId, text.trim())
      writeKept(countId, waiting.current)
      show(ingredientId, { typed: text, state: unsettled(text) })
      clearTimeout(timer.current)
      timer.current = setTimeout(send, SAVE_AFTER_MS)
    },
    [countId, send, show],
  )

  useEffect(() => {
    // What an earlier visit could not send; nothing that stands here was typed before it.
    for (const [ingredientId, text] of readKept(countId)) {
      if (waiting.current.has(ingredientId)) continue
      waiting.current.set(ingredientId, text)
      show(ingredientId, { typed: text, state: unsettled(text) })
    }
    // What a quick person typed before the page came alive stands in its fields and nowhere else.
    for (const [ingredientId, line] of first.current) {
      const field = document.getElementById(fieldId(ingredientId))
      if (!(field instanceof HTMLInputElement) || field.value === line.typed) continue
      if (!waiting.current.has(ingredientId)) type(ingredientId, field.value)
    }
    void send()
    const now = () => void send()
    window.addEventListener('online', now)
    return () => {
      window.removeEventListener('online', now)
      clearTimeout(timer.current)
    }
  }, [countId, send, show, type])

  return { typed, message, type, send }
}

/** What can be saved: an amount, or nothing, which takes the line back. */
const isAmount = (text: string): boolean => text === '' || AMOUNT.test(text)
