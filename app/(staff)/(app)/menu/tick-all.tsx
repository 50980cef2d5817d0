'use client'

import { useEffect, useRef } from 'react'

/** Ticks all rows of the page, and says whether all are. Needs JavaScript; without it there is none. */
export function TickAll({ form }: { form: string }) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const show = () => {
      const ticks = ticksOf(form)
      const ticked = ticks.filter(({ checked }) => checked).length
      if (!box.current) return
      box.current.checked = ticked > 0 && ticked === ticks.length
      box.current.indeterminate = ticked > 0 && ticked < ticks.length
    }
    show()
    document.addEventListener('change', show)
    return () => document.removeEventListener('change', show)
  }, [form])
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label="Tick all dishes of this page"
      className="size-4 align-middle [@media(scripting:none)]:hidden"
      onChange={({ currentTarget }) => {
        for (const tick of ticksOf(form)) tick.checked = currentTarget.checked
      }}
    />
  )
}

const ticksOf = (form: string) => [
  ...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name=dish][form=${form}]`),
]
