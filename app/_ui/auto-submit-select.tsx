'use client'

import type { ReactNode } from 'react'
import { Button } from './button'

/** A select that submits its form when changed; without JavaScript there is a button to do it. */
export function AutoSubmitSelect({
  name,
  label,
  value,
  children,
}: {
  name: string
  label: string
  value: string
  children: ReactNode
}) {
  return (
    <>
      <select
        // A new value from the URL replaces what was chosen before.
        key={value}
        name={name}
        aria-label={label}
        defaultValue={value}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        className="min-h-11 rounded-md border border-edge bg-surface px-3 text-base md:min-h-9"
      >
        {children}
      </select>
      <noscript>
        <Button>Show</Button>
      </noscript>
    </>
  )
}
