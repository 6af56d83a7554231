"""What makes a line suspect: cheap to tell, and nothing that may be damage passes."""

import pytest

from crosspost.text import repair
from crosspost.text.suspicion import is_broken, is_suspect, may_be_mojibake

PAGES = ("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman", "cp437")


def as_browsers_read(text, page):
    """Read UTF-8 with a code page; what it leaves undefined becomes a control."""
    pairs = ((byte, bytes([byte]).decode(page, "replace")) for byte in text.encode())
    return "".join(chr(byte) if one == "\ufffd" else one for byte, one in pairs)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("character", ["é", "ж", "“", "한", "🚀", "\U000e0067"])
def test_a_whole_sequence_is_suspect_under_every_code_page(character, page):
    assert may_be_mojibake(f"a {as_browsers_read(character, page)} b")


@pytest.mark.parametrize(
    ("page", "character"), [("cp1252", "à"), ("cp1252", "†"), ("cp1252", "📠"), ("mac-roman", "†")]
)
def test_a_blank_may_have_been_the_last_byte(character, page):
    damaged = as_browsers_read(character, page)
    assert damaged.endswith("\u00a0") or page == "mac-roman"
    assert may_be_mojibake(f"a {damaged[:-1]} b")


@pytest.mark.parametrize(
    "left",
    [
        "рџ‘ ",  # of 👍, read as cp1251: 8D is the control, and is lost
        "тиховЂ.",  # of ‘, whose last byte is lost
        "вњ… да",  # of ✅
        "1пёЏ",  # of a selector
        "1вѓЈ",  # of a keycap
        "Itâ€s",  # of ’
        "Itβ€s",
        "Itā€s",
        "Itâs late and we donât know",  # of ’ in Latin-1, all controls dropped
        "Software.AgentsâThey run",  # of —
        "Softwareâ??They run",  # the same, controls replaced by question marks
        "a bullet\nâ?¢ and another",
        "ð??? lift off",
        "ð\u00af on target",
    ],
)
def test_what_is_left_of_a_sequence_is_broken(left):
    assert is_broken(left)


@pytest.mark.parametrize(
    "clean",
    [
        "Моё дело — моє діло, «ещё» и їхнє: №5, 20 €.",
        "Η ομάδα πήρε 20 € – «καλή» αρχή, Ώρα για ύπνο.",
        "Århus, żółć, ağaç, það, 20 €, 3 ‰",
        "Er það satt?? „Það“, «og það», dağ» dağ??",
        "Qu’il chantât, donnât, égrenât ; l’appât du mât ? DÉGÂT, Câlin",
        "Când românii mănâncă, dâra rămâne. Ânđel, mâncă?",
    ],
)
def test_clean_text_looks_like_no_leftover(clean):
    assert not is_broken(clean)


def test_clean_greek_and_cyrillic_need_no_closer_look():
    assert not is_suspect("Моё дело — моє діло, «ещё» и їхнє: №5, 20 €.")
    assert not is_suspect("Η ομάδα πήρε 20 € – καλή αρχή, και ώρα για ύπνο.")


ALONE = {
    "cp1252": ["Århus", "Čech", "Ōsaka"],
    "cp1250": ["Würzburg", "São", "naïve", "Århus", "straße", "Genómicas", "Łódź", "✅"],
    "cp1251": ["Würzburg", "Bogotá", "résumé", "Malmö", "smørrebrød", "Žižkov", "İstanbul", "20°", "½"],
    "cp1253": ["Würzburg", "Bogotá", "résumé", "Genómicas", "mañana", "Erdős", "→", "£5", "№"],
    "cp1257": ["São", "naïve", "Århus", "smørrebrød", "№"],
    "mac-roman": ["Bogotá", "São", "Århus", "smørrebrød", "→", "№", "Привет"],
    "cp437": ["Würzburg", "Malmö", "Genómicas", "mañana", "Köln", "10€"],
}


@pytest.mark.parametrize(("page", "word"), [(page, word) for page, words in ALONE.items() for word in words])
def test_one_damaged_word_in_an_english_text_is_never_sent_garbled(page, word):
    """ftfy wants more of a sign than one letter of another code page than Windows-1252; nothing else tells."""
    damaged = f"We met people of {word} last week.".encode().decode(page, "ignore")
    made = repair(damaged)
    assert made.offers or made.text == f"We met people of {word} last week."


@pytest.mark.parametrize(
    "clean",
    [
        "Å\u00a0være eller ikke, FĂRĂ… ȘI, ĆWIEK, STĹP, MANHÃ? PĂŞI",
        "ΔΈΝ, 3 Ω, Δ²f, fΔx, β…, Ε· Γ’, HTMLΕΛ, dΔt",
        "Cтатья, iОС, «Е…», PlayerГ, В «Газпроме», ДІАПАЗОН",
        "√2, x√π, n√∑, ├── src, A──B, a–b–c, √n",
        "„Wörter“, BürgerInnen, iÉtat, macÖS, eÄ, Ä…",
    ],
)
def test_clean_letters_amid_others_look_like_no_leftover(clean):
    assert not is_broken(clean)
