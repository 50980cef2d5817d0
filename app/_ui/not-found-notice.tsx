'use client'

import { LinkButton } from './button'
import { Notice } from './notice'

/**
 * Also what one sees who may not: a 404 does not tell whether the thing exists. Next sends it along with every page; as
 * a client component it is a reference there, beside the error notice in one cached script.
 */
export const NotFoundNotice = () => (
  <Notice title="Nothing here" action={<LinkButton href="/overview">Go to the overview</LinkButton>}>
    The page does not exist, or it belongs to a restaurant that you do not work in. Check the address, or ask
    your manager for access.
  </Notice>
)
