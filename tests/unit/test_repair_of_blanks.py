"""Blanks in a damaged text: which of them were bytes A0."""

from crosspost.text import repair


def test_a_blank_before_punctuation_was_the_byte_of_the_letter_before():
    made = repair("Un segno di qualitÃ . CosÃ¬ ho perso la felicitÃ , e lâ€™etÃ ?")
    assert made.text == "Un segno di qualità. Così ho perso la felicità, e l’età?"
    assert made.offers == ()


def test_of_two_letters_in_a_line_one_may_have_its_blank_and_one_another_behind_it():
    damaged = "Un segno di qualitÃ . In realtÃ  era paura ðŸ˜³ di un Ã¨"
    assert repair(damaged).text == "Un segno di qualità. In realtà era paura 😳 di un è"


def test_a_blank_that_french_has_before_punctuation_stays():
    assert repair("VoilÃ  : câ€™est lÃ  !").text == "Voilà : c’est là !"


def test_a_blank_is_no_byte_where_the_text_has_kept_its_no_break_spaces():
    """`Р` and a blank would be Р; but the Р of Решение has its byte A0, so a blank is one."""
    clean = "Мы уволили лучшего продавца. И продажи выросли.\nРешение далось тяжело."
    made = repair(clean.encode().decode("cp1251", "ignore"))
    assert made.offers or made.text == clean
    assert "Рпродажи" not in made.text


LONG = """Вчера мы долго говорили с клиентами о том, что нужно изменить. Они хотели получать ответы быстрее, а мы хотели работать спокойно.

Потом команда собралась вместе и честно обсудила каждый случай. Оказалось, что половина вопросов повторяется, и мы написали понятную инструкцию.

Решение далось тяжело, но теперь стало легче всем.
"""


def test_a_blank_that_is_a_byte_far_behind_in_the_text_is_one():
    """Nothing else tells that blanks are bytes here, and alone, `Ð` is А."""
    made = repair(LONG.encode().decode("cp1252", "ignore").replace("\u00a0", " "))
    assert made.offers or made.text == LONG
    assert "ешение" not in made.text.replace("Решение", "")
