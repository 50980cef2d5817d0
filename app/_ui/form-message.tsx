import type { ReactNode } from 'react'

/** What went wrong with a form as a whole and what to do; read out when it appears. */
export function FormMessage({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {children ? <p className="border-l-2 border-red py-1 pl-3 text-red">{children}</p> : null}
    </div>
  )
}
