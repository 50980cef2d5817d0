import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { parseTheme, THEME_COOKIE, themeAttribute } from '../_ui/theme'
import '../globals.css'

export const metadata: Metadata = {
  title: { template: '%s · Brigade', default: 'Brigade' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { viewportFit: 'cover' }

/** The staff zone's document. Reading the cookie also makes every page here render per request, which CSP nonces need. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    // The switch changes the attribute in the browser, where a later page may find another value than it was sent with.
    <html lang="en" data-theme={themeAttribute(theme)} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  )
}
