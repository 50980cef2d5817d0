'use client'

import { useCallback, useEffect, useState } from 'react'
import { read, write } from './storage'

/** A yes or no that this screen remembers. */
export function useStoredFlag(
  key: string,
  initial: boolean,
): [value: boolean, set: (value: boolean) => void] {
  const [value, setValue] = useState(initial)

  useEffect(() => {
    const stored = read<unknown>(key)
    if (typeof stored === 'boolean') setValue(stored)
  }, [key])

  const set = useCallback(
    (next: boolean) => {
      setValue(next)
      write(key, next)
    },
    [key],
  )
  return [value, set]
}
