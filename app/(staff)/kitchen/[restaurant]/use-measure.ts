'use client'

import { type RefObject, useEffect, useLayoutEffect } from 'react'

const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect

/** Measures a box before it is painted, whenever anything was rendered, and again when its size or scroll changes. */
export function useMeasure(box: RefObject<HTMLElement | null>, measure: () => void): void {
  // Whatever was rendered may have moved the rest.
  useBrowserLayoutEffect(measure)

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
}
