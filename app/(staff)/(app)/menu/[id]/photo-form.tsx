'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { photoHeight, photoUrl } from '@/domain/photo'
import { setPhoto } from './photo-actions'

type Answer = Awaited<ReturnType<typeof setPhoto>> | null

/** The photo that guests see, and a way to another one, by a form of its own. */
export function PhotoForm({
  dish,
  name,
  photo,
  changeSetId,
}: {
  dish: number
  name: string
  photo: string | null
  /** The change set that it goes into; null: live at once. */
  changeSetId: number | null
}) {
  const [answer, submit, isPending] = useActionState<Answer, FormData>(setPhoto, null)
  return (
    <section aria-labelledby="photo" className="pt-8">
      <h2 id="photo" className="pb-2 text-lg font-semibold">
        Photo
      </h2>
      <form action={submit} aria-busy={isPending} className="flex flex-wrap items-center gap-4">
        <input type="hidden" name="dish" value={dish} />
        <input type="hidden" name="changes" value={changeSetId ?? ''} />
        <input type="hidden" name="was" value={photo ?? ''} />
        {photo ? (
          // biome-ignore lint/performance/noImgElement: the file is made in the right size already
          <img
            src={photoUrl(photo, 320)}
            width={160}
            height={photoHeight(160)}
            alt={name}
            className="rounded-md border border-line"
          />
        ) : null}
        <label className="grid gap-1">
          <span className="font-semibold">{photo ? 'Another picture' : 'Picture'}</span>
          <input
            type="file"
            name="file"
            accept="image/jpeg,image/png,image/webp,image/avif"
            aria-describedby="photo-hint"
            className="min-h-11 max-w-full md:min-h-9"
          />
          <span id="photo-hint" className="text-muted">
            6 MB at most; it is cut to 4:3{changeSetId === null ? ', and live as soon as it is sent' : ''}.
          </span>
        </label>
        <Button aria-busy={isPending}>{photo ? 'Replace' : 'Add photo'}</Button>
        {photo ? (
          <Button variant="quiet" name="remove" value="yes" aria-busy={isPending}>
            Remove
          </Button>
        ) : null}
      </form>
      <FormMessage>{answer?.ok === false ? answer.message : null}</FormMessage>
      <p role="status" className="text-muted">
        {answer?.ok ? told(answer) : ''}
      </p>
    </section>
  )
}

const told = ({ photo, isLive }: { photo: string | null; isLive: boolean }): string => {
  if (!isLive) return 'Kept in the change set.'
  return photo ? 'Guests see this picture now.' : 'The photo is gone.'
}
