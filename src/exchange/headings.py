"""By which names do sheets and columns go, in English, Azerbaijani, Kazakh, Russian and Turkish?

The words of the four languages were put together from dictionaries of project work and have not been read by native
speakers yet. They are read on import, in any order and spelling; nothing that is stored depends on them.
"""

from __future__ import annotations

LANGUAGES = ("az", "kk", "ru", "tr")
"""The order in which names stand in the tables below."""
SHEETS: dict[str, tuple[str, ...]] = {
    "commitments": ("öhdəliklər", "міндеттемелер", "обязательства", "taahhütler"),
    "milestones": ("mərhələlər", "кезеңдер", "вехи", "kilometre taşları"),
    "targets": ("hədəflər", "нысаналар", "цели", "hedefler"),
    "actuals": ("faktiki", "нақты", "факт", "gerçekleşen"),
    "progress": ("gedişat", "барысы", "ход", "ilerleme"),
    "forecasts": ("proqnozlar", "болжамдар", "прогнозы", "tahminler"),
}
"""Sheets that are read, with their names in the four languages."""
ALSO = {"board": "commitments", "plan": "commitments"}
"""Other names of sheets: an exported board comes back as a plan."""
PASSED_OVER = frozenset({"due", "slips", "activity", "example", "notes", "lists"})
"""Sheets that say what was worked out, or how to fill in the others."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("açar", "кілт", "ключ", "anahtar"),
    "commitment": ("öhdəlik", "міндеттеме", "обязательство", "taahhüt"),
    "title": ("ad", "атауы", "название", "başlık"),
    "kind": ("növ", "түрі", "вид", "tür"),
    "due": ("son tarix", "мерзімі", "срок", "son tarih"),
    "start": ("başlanğıc", "басталуы", "начало", "başlangıç"),
    "promisors": ("öhdəlik götürən", "міндеттеме берушілер", "обязавшиеся", "taahhüt eden"),
    "promisees": ("kimə", "кімге", "кому", "kime"),
    "programme": ("proqram", "бағдарлама", "программа", "program adı"),
    "source": ("mənbə", "дереккөз", "источник", "kaynak"),
    "locator": ("bölmə", "бөлім", "раздел", "bölüm"),
    "statement": ("mətn", "мәтін", "текст", "metin"),
    "owner": ("məsul", "жауапты", "ответственный", "sorumlu"),
    "tags": ("etiketlər", "белгілер", "метки", "etiketler"),
    "target": ("hədəf", "нысана", "цель", "hedef"),
    "window": ("dövr ərzində", "терезе", "период цели", "hedef dönemi"),
    "indicator": ("göstərici", "көрсеткіш", "показатель", "gösterge"),
    "measure": ("ölçü", "өлшем", "мера", "ölçü türü"),
    "aim": ("istiqamət", "бағыт", "направление", "yön"),
    "baseline": ("başlanğıc səviyyə", "бастапқы деңгей", "базовый уровень", "başlangıç değeri"),
    "after": ("sonra", "кейін", "после", "öncekiler"),
    "because": ("səbəb", "себебі", "причина", "gerekçe"),
    "approved by": ("təsdiq edən", "бекіткен", "кем утверждено", "onaylayan"),
    "amount": ("miqdar", "мөлшер", "количество", "miktar"),
    "unit": ("vahid", "бірлік", "единица", "birim"),
    "period": ("dövr", "кезең", "период", "dönem"),
    "effective": ("tarix", "күні", "дата", "tarih"),
    "note": ("qeyd", "ескертпе", "примечание", "not"),
    "percent": ("faiz", "пайыз", "процент", "yüzde"),
    "expected": ("gözlənilən", "күтілетін", "ожидается", "beklenen"),
}
"""Columns, with their names in the four languages."""
MORE: dict[str, tuple[str, ...]] = {
    "title": ("наименование",),
    "kind": ("тип",),
    "due": ("bitiş tarihi", "дедлайн"),
    "statement": ("формулировка",),
    "because": ("neden", "обоснование"),
}
"""Further names of columns."""


def heading(column: str, language: str) -> str:
    """What a column is called in a language; in English, and where there is no other name, what it is called here."""
    names = COLUMNS.get(column, ())
    return names[LANGUAGES.index(language)] if language in LANGUAGES and names else column


def sheet_name(kind: str, language: str) -> str:
    """The same for a sheet."""
    return SHEETS[kind][LANGUAGES.index(language)] if language in LANGUAGES else kind
