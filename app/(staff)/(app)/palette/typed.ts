import { searchWords } from '@/domain/recipe-search'

const LONGEST = 100

/** What was typed, taken apart: its words, and the order that it may name. */
export type Typed = { words: string[]; orderNumber: string | null; callNumber: number | null }

export function readTyped(text: string): Typed {
  const typed = text.slice(0, LONGEST).trim()
  return {
    words: searchWords(typed.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')),
    orderNumber: /^ORD\d{8}[0-9A-Z]{8}$/i.test(typed) ? typed.toUpperCase() : null,
    callNumber: Number(/^#?([1-9]\d{0,5})$/.exec(typed)?.[1] ?? 0) || null,
  }
}
