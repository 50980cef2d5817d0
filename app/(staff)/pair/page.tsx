import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { deviceCookieName } from '@/app/_server/device-cookie'
import { environment, ownOrigins } from '@/app/_server/environment'
import { currentPairing, pairingSecret } from '@/app/_server/pairing'
import { currentDevice } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Code } from './code'
import styles from './pair.module.css'

export const metadata: Metadata = { title: 'Pair this screen' }

type Props = { searchParams: Promise<{ asked?: string | string[] }> }

/**
 * For a television across the room, without a keyboard: the code is in the page itself, and everything else happens by
 * itself. Codes are made by `/pair/next`, since a page can't set a cookie; `asked` says that it was there.
 */
export default async function PairPage({ searchParams }: Props) {
  const device = await currentDevice()
  if (device) redirect(`/kitchen/${device.restaurant.slug}`)
  const { asked } = await searchParams
  const pairing = await currentPairing()
  if (pairing?.state === 'waiting') {
    return (
      <Frame title="Pair this screen" lead={(await wasPaired()) ? <Unpaired /> : null}>
        {/* Without JavaScript the page itself asks. */}
        <noscript>
          <meta httpEquiv="refresh" content="5;url=/pair/next" />
        </noscript>
        <Code key={pairing.code} code={pairing.code} secondsLeft={pairing.secondsLeft} />
        <Steps />
      </Frame>
    )
  }
  if (asked === 'in-vain') {
    return (
      <Frame title="No code just now">
        <meta httpEquiv="refresh" content="60;url=/pair/next" />
        <p>Too many screens are waiting for their code to be approved. This page tries again every minute.</p>
      </Frame>
    )
  }
  if (asked === 'once' && !(await pairingSecret())) {
    return (
      <Frame title="This browser keeps no cookies">
        <p>
          A wall screen needs one to be known again. Allow cookies for this address in the browser’s settings.
        </p>
        <p>
          <LinkButton href="/pair">Try again</LinkButton>
        </p>
      </Frame>
    )
  }
  redirect('/pair/next')
}

/** Whether there is a device's cookie here, which opens nothing any more. */
const wasPaired = async () => (await cookies()).has(deviceCookieName(environment()))

function Frame({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main data-theme="dark" className={`${styles.frame} bg-paper`}>
      <header>
        <p className="font-semibold text-accent">Brigade</p>
        <h1 className={styles.title}>{title}</h1>
        {lead}
      </header>
      {children}
      <footer className={styles.foot}>
        Not a wall screen?{' '}
        <a href="/sign-in" className="underline underline-offset-4">
          Sign in
        </a>
      </footer>
    </main>
  )
}

const Unpaired = () => (
  <p className={styles.unpaired}>
    This screen is no longer paired. A manager can pair it again with the code below.
  </p>
)

function Steps() {
  const [origin = ''] = ownOrigins(environment())
  return (
    <ol className={styles.steps}>
      <li>
        On a phone or a computer, a manager or an admin opens{' '}
        <strong className={styles.address}>{origin.replace(/^https?:\/\//, '')}/admin/devices</strong>
      </li>
      <li>They type this code, name the screen and choose its restaurant.</li>
      <li>The tickets appear here by themselves.</li>
    </ol>
  )
}
