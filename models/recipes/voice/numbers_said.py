"""Numbers in words, by ICU's rules: what a voice note says for "50"."""

import icu

ASKED = [*range(1, 51), 55, 60, 65, 70, 75, 80, 85, 90, 95, 99, 100, 110, 120, 130, 150, 180, 200, 250, 300, 400, 500, 800, 1000]
GENITIVE = "%spellout-cardinal-masculine-genitive"


def said(language, number, genitive=False):
    """'fifty', 'fünfzig', 'пятьдесят'; 'пятидесяти' where Russian wants the genitive."""
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    text = rules.format(number, GENITIVE) if genitive and language == "ru" else rules.format(number)
    return text.replace("\u00ad", "").replace("-", " ")
