import type { ReactNode } from 'react'

/** What went wrong with a form as a whole and what to do. Always in the page, so that it is read out when it fills. */
export function FormMessage({ children }: { children: ReactNode }) {
  return (
    <div role="alert">
      {children ? <p className="border-l-2 border-red py-1 pl-3 text-red">{children}</p> : null}
    </div>
  )
}
