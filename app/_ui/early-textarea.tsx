'use client'

import { type ComponentProps, useEffect, useRef, useState } from 'react'

/** What a quick person had typed into elements that the server sent, before the page came alive. */
const typedEarly = new WeakMap<Element, string>()

/**
 * A textarea that keeps what is typed before the page comes alive. React leaves inputs alone then, but writes into a
 * textarea the text again that it began with (`initTextarea` in react-dom): what stands there is read before that, and
 * typed once more when the page hears it.
 */
export function EarlyTextarea(props: ComponentProps<'textarea'> & { id: string }) {
  const ref = useRef<HTMLTextAreaElement>(null)
  useState(() => noteTyped(props.id))
  useEffect(() => {
    const typed = ref.current && typedEarly.get(ref.current)
    if (ref.current && typed) type(ref.current, typed)
  }, [])
  return <textarea {...props} ref={ref} />
}

/** May be asked again after React has written: only what differs from the beginning is somebody's. */
function noteTyped(id: string): void {
  if (typeof document === 'undefined') return
  const element = document.getElementById(id)
  if (element instanceof HTMLTextAreaElement && element.value !== element.defaultValue)
    typedEarly.set(element, element.value)
}

/** As the browser does it: React does not see the change of a value that is set through its own property. */
function type(element: HTMLTextAreaElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(element, text)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
