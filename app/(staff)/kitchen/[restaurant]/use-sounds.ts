'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { WallEvent, WallTicket, WallView } from '@/domain/wall'
import { soundOf, WALL_SOUNDS, type WallSound } from '@/domain/wall-sounds'
import { playSound } from './sounds'
import { read, write } from './storage'

const KEY = 'brigade:sounds'

/**
 * The sounds of this screen: which are on is its own choice, none until somebody touches the button. Browsers let a
 * page make a sound only once it was touched, so after a reload `isMuted` says that it has to be touched again.
 */
export function useSounds(events: readonly WallEvent[], tickets: readonly WallTicket[], view: WallView) {
  const [chosen, setChosen] = useState<readonly WallSound[]>([])
  const [isMuted, setIsMuted] = useState(true)
  const audio = useRef<AudioContext | null>(null)
  const heard = useRef({ seq: 0, n: 0 })

  const wake = useCallback(async () => {
    if (typeof AudioContext === 'undefined') return null
    audio.current ??= new AudioContext()
    if (audio.current.state !== 'running') await audio.current.resume()
    setIsMuted(audio.current.state !== 'running')
    return audio.current
  }, [])

  useEffect(() => {
    const stored = read<unknown>(KEY)
    const sounds = WALL_SOUNDS.filter((sound) => Array.isArray(stored) && stored.includes(sound))
    setChosen(sounds)
  }, [])

  useEffect(() => {
    if (chosen.length === 0 || !isMuted) return
    const touched = () => void wake()
    document.addEventListener('pointerdown', touched)
    document.addEventListener('keydown', touched)
    return () => {
      document.removeEventListener('pointerdown', touched)
      document.removeEventListener('keydown', touched)
    }
  }, [chosen, isMuted, wake])

  useEffect(() => {
    const news = events.filter(
      ({ seq, n }) => seq > heard.current.seq || (seq === heard.current.seq && n > heard.current.n),
    )
    const last = news.at(-1)
    if (!last) return
    heard.current = last
    const sounds = new Set(
      news.map((event) =>
        soundOf(
          event,
          tickets.find(({ id }) => id === event.orderId),
          view,
        ),
      ),
    )
    for (const sound of chosen) if (sounds.has(sound) && audio.current) playSound(audio.current, sound)
  }, [events, tickets, view, chosen])

  /** Turns a sound on, and plays it as a proof; or off. */
  const toggle = useCallback(
    async (sound: WallSound) => {
      const isOn = chosen.includes(sound)
      const next = WALL_SOUNDS.filter((one) => (one === sound ? !isOn : chosen.includes(one)))
      setChosen(next)
      write(KEY, next)
      const context = await wake()
      if (!isOn && context) playSound(context, sound)
    },
    [chosen, wake],
  )

  return { chosen, isMuted, toggle }
}

export type Sounds = ReturnType<typeof useSounds>
