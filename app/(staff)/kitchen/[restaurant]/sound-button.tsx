'use client'

import Volume from 'lucide-react/icons/volume-2'
import VolumeOff from 'lucide-react/icons/volume-x'
import { useState } from 'react'
import { WALL_SOUNDS, type WallSound } from '@/domain/wall-sounds'
import dialog from './dialog.module.css'
import type { Sounds } from './use-sounds'
import styles from './wall.module.css'
import { WallDialog } from './wall-dialog'

const WORDS: Record<WallSound, string> = {
  new: 'New tickets',
  changed: 'Changed tickets',
  cancelled: 'Cancelled tickets',
}

/** Says whether this screen sounds, and lets it be chosen for what. */
export function SoundButton({ sounds: { chosen, isMuted, toggle } }: { sounds: Sounds }) {
  const [isOpen, setOpen] = useState(false)
  const isOff = chosen.length === 0
  const state = isOff ? 'Sound is off' : isMuted ? 'Touch for sound' : 'Sound is on'
  const Icon = isOff || isMuted ? VolumeOff : Volume
  return (
    <>
      <button
        type="button"
        className={styles.tool}
        onClick={() => setOpen(true)}
        aria-label={`${state}. Choose sounds`}
        title={state}
      >
        <Icon className="size-[1em]" aria-hidden />
        {!isOff && isMuted ? <span>{state}</span> : null}
      </button>
      {isOpen ? (
        <WallDialog title="Sounds of this screen" onClose={() => setOpen(false)}>
          <div className={dialog.howLong}>
            {WALL_SOUNDS.map((sound) => (
              <button
                key={sound}
                type="button"
                role="switch"
                aria-checked={chosen.includes(sound)}
                className={dialog.switch}
                onClick={() => toggle(sound)}
              >
                {WORDS[sound]}
                <span className={dialog.switchState}>{chosen.includes(sound) ? 'On' : 'Off'}</span>
              </button>
            ))}
          </div>
        </WallDialog>
      ) : null}
    </>
  )
}
