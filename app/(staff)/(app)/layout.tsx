import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { requirePerson } from '../../_server/session'
import { NavRail } from '../../_ui/nav-rail'
import { parseTheme, THEME_COOKIE } from '../../_ui/theme'
import { signOut } from '../sign-in/actions'
import { openAlerts } from './inventory/alerts/open-alerts'
import { Palette } from './palette/palette'

/** The office: the rail and a page beside it. The wall and the sign-in stand outside of it. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson()
  const alerts = await openAlerts(person)
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <div className="md:flex">
      <a
        href="#main"
        className="absolute top-2 left-2 z-20 -translate-y-20 rounded-md bg-accent px-4 py-2 font-semibold text-accent-ink focus:translate-y-0 print:hidden"
      >
        Skip to the page
      </a>
      <NavRail
        role={person.role}
        name={person.name}
        theme={theme}
        search={<Palette nonce={await scriptNonce()} />}
        counts={{ Inventory: { count: alerts, of: alerts === 1 ? 'alert' : 'alerts' } }}
        signOut={signOut}
      />
      <main
        id="main"
        className="gives-way min-w-0 max-w-[92rem] grow px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-12 print:max-w-none print:p-0"
      >
        {children}
      </main>
    </div>
  )
}

/** By which the page's policy lets its scripts run (bin/serve/security.mjs); none where no policy is set. */
const scriptNonce = async (): Promise<string | undefined> =>
  /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
