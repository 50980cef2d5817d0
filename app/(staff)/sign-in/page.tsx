import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { safeNext } from '../../_server/origin'
import { currentPerson } from '../../_server/session'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type SearchParams = Promise<{ next?: string | string[] }>

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { next } = await searchParams
  const target = safeNext(typeof next === 'string' ? next : undefined)
  if (await currentPerson()) redirect(target)
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-12">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">Brigade</p>
        <h1 className="text-2xl font-semibold tracking-[-0.01em]">Sign in</h1>
      </header>
      <SignInForm next={target} />
      <div className="grid gap-2 border-t border-line pt-4 text-muted">
        <p>No password, or lost it? Ask your admin for a link to set a new one.</p>
        <p>
          A wall screen?{' '}
          <a href="/pair" className="text-ink underline">
            Pair it with a code
          </a>
        </p>
      </div>
    </main>
  )
}
