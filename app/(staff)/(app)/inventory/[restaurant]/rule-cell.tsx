'use client'

import { type KeyboardEvent, useCallback, useRef } from 'react'
import { type Rule, RuleForm } from './rule-form'

/** Minimum and par that open into a form. A `details`, so that it opens and saves without JavaScript too. */
export function RuleCell({ shown, ...rule }: Rule & { shown: string }) {
  const details = useRef<HTMLDetailsElement>(null)
  const close = useCallback(() => {
    if (!details.current?.open) return
    details.current.open = false
    details.current.querySelector('summary')?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.current?.open) return
    details.current.querySelector('form')?.reset()
    close()
  }
  return (
    <details ref={details} name="rule" className="relative" onKeyDown={onKeyDown}>
      <summary
        aria-label={`Minimum and par of ${rule.name}: ${shown} ${rule.unit}. Change them`}
        className="grid min-h-11 cursor-pointer list-none content-center justify-items-end rounded-md border border-transparent px-2 hover:border-edge hover:bg-surface md:min-h-7 [&::-webkit-details-marker]:hidden"
      >
        <span className="underline decoration-edge decoration-dotted underline-offset-4">{shown}</span>
      </summary>
      <div className="absolute top-full right-0 z-10 w-80 rounded-md border border-edge bg-surface p-3 text-left whitespace-normal shadow-float">
        <RuleForm rule={rule} onSaved={close} />
      </div>
    </details>
  )
}
