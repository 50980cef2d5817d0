'use client'

import { type ComponentProps, useLayoutEffect, useRef, useState } from 'react'

/** What a quick person had typed into elements that the server sent, before the page came alive. */
const typedEarly = new WeakMap<Element, string>()

/**
 * A textarea that keeps what is typed before the page comes alive. React leaves inputs alone then, but writes into a
 * textarea the text again that it began with (`initTextarea` in react-dom): what stands there is read before that.
 */
export function EarlyTextarea(props: ComponentProps<'textarea'> & { id: string }) {
  const ref = useRef<HTMLTextAreaElement>(null)
  useState(() => noteTyped(props.id))
  useLayoutEffect(() => {
    const element = ref.current
    if (element) element.value = typedEarly.get(element) ?? element.value
  }, [])
  return <textarea {...props} ref={ref} />
}

/** May be asked again after React has written: only what differs from the beginning is somebody's. */
function noteTyped(id: string): void {
  const element = typeof document === 'undefined' ? null : document.getElementById(id)
  if (element instanceof HTMLTextAreaElement && element.value !== element.defaultValue)
    typedEarly.set(element, element.value)
}
