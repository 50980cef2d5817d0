'use client'

import { type RefObject, useCallback, useEffect, useState } from 'react'

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

  // Whatever was rendered may have moved the lines.
  useEffect(measure)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [box, measure])

  return below
}
