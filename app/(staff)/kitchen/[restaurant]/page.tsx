import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { database } from '@/app/_server/database'
import { takeDay } from '@/app/_server/live/day'
import { readerFormat } from '@/app/_server/reader'
import { requireWall } from '@/app/_server/session'
import { parseTheme, THEME_COOKIE } from '@/app/_ui/theme'
import { takeWall } from '@/db/queries/wall'
import { parseView, VIEW_WORDS } from '@/domain/wall-view'
import { Wall } from './wall'

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<{ station?: string | string[] }>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { restaurant } = await requireWall((await params).restaurant)
  const view = parseView((await searchParams).station)
  return { title: `${restaurant.name} ${view === 'all' ? 'kitchen' : VIEW_WORDS[view]}` }
}

/** The wall: outside of the office's layout, because it fills the screen. Dark unless somebody chose light. */
export default async function KitchenPage({ params, searchParams }: Props) {
  const scope = await requireWall((await params).restaurant)
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  const db = database()
  const [picture, day, format] = await Promise.all([takeWall(db, scope), takeDay(db, scope), readerFormat()])
  return (
    <>
      {/* Without JavaScript the page itself is the refresh. */}
      <noscript>
        <meta httpEquiv="refresh" content="15" />
      </noscript>
      <Wall
        slug={scope.restaurant.slug}
        view={parseView((await searchParams).station)}
        theme={theme === 'light' ? 'light' : 'dark'}
        isPerson={scope.actor.userId !== null}
        format={format}
        initial={{ ...picture, day }}
      />
    </>
  )
}
