import type { ReactNode } from 'react'

/** One of the two ways out of a conflict. */
export function ConflictChoice({
  name,
  value,
  checked = false,
  children,
}: {
  name: string
  value: string
  checked?: boolean
  children: ReactNode
}) {
  return (
    <label className="flex min-h-11 items-center gap-2 md:min-h-8">
      <input
        type="radio"
        name={name}
        value={value}
        defaultChecked={checked}
        required
        className="size-4 shrink-0"
      />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </label>
  )
}
