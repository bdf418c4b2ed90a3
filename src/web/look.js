/** Colours of the page; the same values stand in page.css. */
const LIGHT = {
  page: '#f5f4f0',
  surface: '#ffffff',
  line: '#dedbd3',
  text: '#1c2320',
  quiet: '#5c6661',
  accent: '#1f5c4d',
  onAccent: '#ffffff',
};
const DARK = {
  page: '#121719',
  surface: '#1b2124',
  line: '#343d40',
  text: '#edf0ee',
  quiet: '#a9b4af',
  accent: '#7fd0b4',
  onAccent: '#0e2019',
};
const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Hiragino Sans', sans-serif";

/** Web Chat's style options in the page's colours. */
export function styleOptions(dark) {
  const colour = dark ? DARK : LIGHT;
  return {
    rootHeight: '100%',
    rootWidth: '100%',
    primaryFont: FONT,
    backgroundColor: colour.page,
    accent: colour.accent,
    subtle: colour.quiet,
    paddingRegular: 12,
    hideUploadButton: true,
    hideScrollToEndButton: false,
    groupTimestamp: 300_000,
    timestampColor: colour.quiet,
    timestampFormat: 'relative',

    bubbleBackground: colour.surface,
    bubbleTextColor: colour.text,
    bubbleBorderColor: colour.line,
    bubbleBorderRadius: 16,
    bubbleMaxWidth: 560,
    bubbleMinHeight: 40,
    bubbleFromUserBackground: colour.accent,
    bubbleFromUserTextColor: colour.onAccent,
    bubbleFromUserBorderColor: colour.accent,
    bubbleFromUserBorderRadius: 16,

    richCardWrapTitle: true,
    cardEmphasisBackgroundColor: colour.page,
    cardPushButtonBackgroundColor: colour.accent,
    cardPushButtonTextColor: colour.onAccent,

    suggestedActionLayout: 'flow',
    suggestedActionFlowMaxHeight: 132,
    suggestedActionBackgroundColor: colour.surface,
    suggestedActionBackgroundColorOnHover: colour.page,
    suggestedActionBackgroundColorOnActive: colour.line,
    suggestedActionBorderColor: colour.accent,
    suggestedActionBorderRadius: 18,
    suggestedActionBorderWidth: 1,
    suggestedActionHeight: 36,
    suggestedActionTextColor: colour.accent,
    suggestedActionKeyboardFocusIndicatorBorderColor: colour.text,

    sendBoxBackground: colour.surface,
    sendBoxTextColor: colour.text,
    sendBoxPlaceholderColor: colour.quiet,
    sendBoxButtonColor: colour.accent,
    sendBoxButtonColorOnHover: colour.text,
    sendBoxButtonShadeColorOnHover: colour.page,
    sendBoxBorderTop: `1px solid ${colour.line}`,
    sendBoxHeight: 52,

    transcriptOverlayButtonBackground: colour.surface,
    transcriptOverlayButtonBackgroundOnHover: colour.page,
    transcriptOverlayButtonColor: colour.accent,
    transcriptOverlayButtonColorOnHover: colour.accent,
    transcriptVisualKeyboardIndicatorColor: colour.accent,
    typingAnimationHeight: 20,
  };
}

/** Colours of Adaptive Cards, which Web Chat draws product cards with. */
export function cardConfig(dark) {
  const colour = dark ? DARK : LIGHT;
  // Web Chat marks the line with the price as subtle; a shopper wants to read it.
  const plain = { default: colour.text, subtle: colour.text };
  return {
    fontFamily: FONT,
    fontSizes: { small: 13, default: 14, medium: 16, large: 20, extraLarge: 24 },
    spacing: { small: 4, default: 6, padding: 14 },
    actions: { actionAlignment: 'stretch', buttonSpacing: 8 },
    containerStyles: {
      default: {
        backgroundColor: colour.surface,
        foregroundColors: { default: plain, accent: { default: colour.accent, subtle: colour.accent } },
      },
    },
  };
}
