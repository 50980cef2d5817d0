'use client'

import { type RefObject, useCallback, useState } from 'react'
import { useMeasure } from './use-measure'

/** How many list entries of a box that scrolls lie below what can be seen. */
export function useLinesBelow(box: RefObject<HTMLElement | null>): number {
  const [below, setBelow] = useState(0)

  const measure = useCallback(() => {
    const element = box.current
    if (!element) return
    const { bottom } = element.getBoundingClientRect()
    const lines = [...element.querySelectorAll('li')].filter((line) => line.checkVisibility())
    const scrolls = element.scrollHeight > element.clientHeight + 1
    setBelow(scrolls ? lines.filter((line) => line.getBoundingClientRect().bottom > bottom + 1).length : 0)
  }, [box])

  useMeasure(box, measure)
  return below
}
