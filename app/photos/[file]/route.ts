import { readPhoto } from '@/app/_server/photos'
import { parsePhotoName } from '@/domain/photo'

const A_YEAR = 31_536_000

/** A dish's photo, for anybody: guests read the menu without a session. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const name = parsePhotoName((await params).file)
  const content = name && (await readPhoto(name.photo, name.width))
  if (!content) return new Response('There is no such photo.', { status: 404 })
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': 'image/webp',
      'cache-control': `public, max-age=${A_YEAR}, immutable`,
      'x-content-type-options': 'nosniff',
    },
  })
}
