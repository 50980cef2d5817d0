'use client'

import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { useState } from 'react'
import { THEME_COOKIE, THEMES, type Theme, themeAttribute } from './theme'

const ICONS = { system: Monitor, light: Sun, dark: Moon }
const WORDS = { system: 'as the system', light: 'light', dark: 'dark' }
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Steps through the themes. It says what is set now and what a press sets. */
export function ThemeSwitch({ initial, className }: { initial: Theme; className?: string }) {
  const [theme, setTheme] = useState(initial)
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  const Icon = ICONS[theme]
  const label = `Theme: ${WORDS[theme]}. Switch to ${WORDS[next]}.`
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      onClick={() => {
        setTheme(next)
        applyTheme(next)
      }}
    >
      <Icon size={18} aria-hidden />
    </button>
  )
}

function applyTheme(theme: Theme): void {
  const attribute = themeAttribute(theme)
  if (attribute) document.documentElement.dataset.theme = attribute
  else delete document.documentElement.dataset.theme
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: Safari has had the Cookie Store API for too short a time
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`
}
