'use client'

import Maximize from 'lucide-react/icons/maximize'
import { useIsLive } from './clock'

/** Takes the browser's own bars away. Not offered where the browser can't (phones) or without JavaScript. */
export function FullScreenButton() {
  const isOffered = useIsLive() && document.fullscreenEnabled
  if (!isOffered) return null
  const toggle = () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Full screen"
      title="Full screen"
      className="hidden size-14 shrink-0 place-items-center rounded-md md:grid"
    >
      <Maximize className="size-[1em]" aria-hidden />
    </button>
  )
}
