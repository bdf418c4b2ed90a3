/** The folders of `locales/`; written by the build. */
export const LANGUAGES = ['en', 'zh', 'es', 'fr', 'de', 'ja', 'pt', 'ru'] as const;
