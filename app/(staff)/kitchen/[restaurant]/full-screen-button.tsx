'use client'

import Maximize from 'lucide-react/icons/maximize'
import styles from './wall.module.css'

/** Takes the browser's own bars away. Not offered where the browser can't (phones) or a policy forbids it. */
export function FullScreenButton() {
  if (!document.fullscreenEnabled) return null
  const toggle = () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Full screen"
      title="Full screen"
      className={styles.tool}
    >
      <Maximize className="size-[1em]" aria-hidden />
    </button>
  )
}
