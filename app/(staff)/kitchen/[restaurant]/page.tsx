import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { requireWall } from '@/app/_server/session'
import { parseTheme, THEME_COOKIE } from '@/app/_ui/theme'
import { takeSnapshot } from './snapshot'
import { Wall } from './wall'

type Props = { params: Promise<{ restaurant: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireWall((await params).restaurant)
  return { title: `${restaurant.name} kitchen` }
}

/** The wall: outside of the office's layout, because it fills the screen. Dark unless somebody chose light. */
export default async function KitchenPage({ params }: Props) {
  const scope = await requireWall((await params).restaurant)
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  const { name, slug, timeZone } = scope.restaurant
  return (
    <>
      {/* Without JavaScript the page itself is the refresh. */}
      <noscript>
        <meta httpEquiv="refresh" content="15" />
      </noscript>
      <Wall
        restaurant={{ name, slug, timeZone }}
        theme={theme === 'light' ? 'light' : 'dark'}
        initial={await takeSnapshot(scope)}
      />
    </>
  )
}
