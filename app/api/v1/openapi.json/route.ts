import { openApiDocument } from '@/app/_server/openapi'

/** The description of this API for software; it is the same for everybody. */
export const GET = (): Response =>
  Response.json(openApiDocument(), { headers: { 'cache-control': 'public, max-age=300' } })
