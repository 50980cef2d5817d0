'use client'

import { type RefObject, useLayoutEffect } from 'react'
import { evenHeight } from './even-height'

const useBrowserLayoutEffect = typeof window === 'undefined' ? () => {} : useLayoutEffect

/**
 * Lets few tickets spread over the whole width: the browser fills one column after the other, so the list is made just
 * high enough for all of them. (Its own `column-fill: balance` gives up when tickets may not be parted.)
 * @param layout changes with everything that moves lines
 */
export function useEvenColumns(list: RefObject<HTMLElement | null>, layout: string): void {
  useBrowserLayoutEffect(() => {
    const element = list.current
    const frame = element?.parentElement
    if (!element || !frame) return
    element.style.height = ''
    const { columnCount, columnGap } = getComputedStyle(element)
    const columns = Number(columnCount)
    if (!Number.isFinite(columns)) return
    const gap = Number.parseFloat(columnGap)
    const tickets = [...element.children].map((ticket) => (ticket as HTMLElement).offsetHeight + gap)
    const height = evenHeight(tickets, columns, element.clientHeight + gap)
    if (height !== null && tickets.length > columns) element.style.height = `${height}px`
  }, [list, layout])
}
