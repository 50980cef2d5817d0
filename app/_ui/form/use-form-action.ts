'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow, useRouter } from 'next/navigation'
import { type FormEvent, useActionState, useRef, useState, useTransition } from 'react'

/** What an action answers, as far as a form must know. */
type Answer = {
  ok: boolean
  message?: string
  fields?: Record<string, string>
  values?: Record<string, string>
  /** Where to go now. Without JavaScript the action leads there itself. */
  to?: string
}
type Unreached = { ok: false; reason: 'unreached'; message: string } & Pick<Answer, 'fields' | 'values'>

/**
 * An action behind a form in which much is typed. Without JavaScript it is React's own form post. With it the action is
 * called plainly: React would empty the fields after it, and hand a broken connection to the error page.
 */
export function useFormAction<A extends Answer>(
  action: (previous: unknown, input: FormData) => Promise<A>,
): {
  answer: A | Unreached | null
  isPending: boolean
  /** How often it went well: the key of fields that begin anew after it. */
  times: number
  /** For the `<form>`. */
  form: {
    action: (input: FormData) => void
    onSubmit: (event: FormEvent<HTMLFormElement>) => void
    'aria-busy': boolean
  }
} {
  const [posted, dispatch] = useActionState(
    action as (previous: A | null, input: FormData) => Promise<A>,
    null,
  )
  const [answered, setAnswered] = useState<A | Unreached | null>(null)
  const [times, setTimes] = useState(0)
  const [isPending, startTransition] = useTransition()
  const isSending = useRef(false)
  const router = useRouter()

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isSending.current) return
    const { submitter } = event.nativeEvent as SubmitEvent
    const input = new FormData(event.currentTarget, submitter)
    for (const name of [...input.keys()]) if (name.startsWith('$')) input.delete(name)
    input.set('scripted', 'yes')
    isSending.current = true
    startTransition(async () => {
      const answer = await answerTo(action, input).finally(() => {
        isSending.current = false
      })
      startTransition(() => {
        setAnswered(answer)
        if (answer.ok) setTimes((before) => before + 1)
        if (answer.ok && 'to' in answer && answer.to) router.replace(answer.to, { scroll: false })
      })
    })
  }
  return {
    answer: answered ?? posted,
    isPending,
    times,
    form: { action: dispatch, onSubmit, 'aria-busy': isPending },
  }
}

async function answerTo<A extends Answer>(
  action: (previous: unknown, input: FormData) => Promise<A>,
  input: FormData,
): Promise<A | Unreached> {
  try {
    return await action(null, input)
  } catch (error) {
    unstable_rethrow(error)
    const message = unstable_isUnrecognizedActionError(error) ? UPDATED : UNREACHED
    return { ok: false, reason: 'unreached', message }
  }
}

const UNREACHED =
  'Brigade could not be reached, or had no room to answer. What you typed is still here. Press again in a moment: however often it is sent, it happens once.'
const UPDATED = 'Brigade was updated after you opened this page. Copy what you typed, and reload it.'
