export const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

/**
 * A cookie and not local storage: the server writes the theme into the page, so nothing flashes and no script has to
 * run before the first paint. It holds no secret and authorises nothing.
 */
export const THEME_COOKIE = 'theme'

/** What a cookie asks for; anything unknown follows the system. */
export const parseTheme = (value: string | undefined): Theme =>
  THEMES.find((theme) => theme === value) ?? 'system'

/** The value of `data-theme` on the root element: none lets the system decide. */
export const themeAttribute = (theme: Theme): 'light' | 'dark' | undefined =>
  theme === 'system' ? undefined : theme
