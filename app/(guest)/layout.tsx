import type { Viewport } from 'next'
import type { ReactNode } from 'react'
import './guest.css'

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#12110e' },
  ],
}

/** The guests' document: no session, no fonts to wait for, and nothing that runs per request. */
export default function GuestLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
