'use client'

import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useId, useRef, useState } from 'react'
import { Button } from './button'

/** A secret that is not seen again, to be copied: with the button, or by hand where there is no script. */
export function ShownOnce({ label, text, hint }: { label: string; text: string; hint: string }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)

  async function copy() {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // The browser does not let us: it is selected, to be copied with its own keys.
      setCopied(false)
    }
  }

  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
          id={id}
          readOnly
          value={text}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
          className="min-h-11 min-w-0 grow rounded-md border border-edge bg-surface px-3 text-base md:min-h-9"
        />
        <Button type="button" onClick={copy}>
          {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p id={`${id}-hint`} className="text-muted">
        {hint}
      </p>
      <p role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </p>
    </div>
  )
}
