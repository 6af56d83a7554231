"""A post's tags become hashtags that LinkedIn makes live."""

import pytest

from crosspost.compose.hashtags import MOST, Chosen, choose, to_hashtag


@pytest.mark.parametrize(
    ("tag", "hashtag"),
    [
        ("machine learning", "MachineLearning"),
        ("machine-learning", "MachineLearning"),
        ("machine_learning", "MachineLearning"),
        ("GitHub", "GitHub"),
        ("GitHub actions", "GitHubActions"),
        ("iPhone tips", "iPhoneTips"),
        ("AI", "AI"),
        ("ai", "ai"),
        ("#AI", "AI"),
        ("women's health", "WomensHealth"),
        ("sports d'hiver", "SportsDHiver"),
        ("l’été", "LÉté"),
        ("O'Brien", "OBrien"),
        ("C#", "CSharp"),
        ("c#", "CSharp"),
        ("F# tips", "FSharpTips"),
        ("c++", "CPlusPlus"),
        (".NET", "DotNET"),
        (".net core", "DotNetCore"),
        ("ASP.NET Core", "ASPNETCore"),
        ("node.js", "NodeJS"),
        ("L&D", "LAndD"),
        ("5g", "5g"),
        ("3d printing", "3dPrinting"),
        ("naïve", "naïve"),
        ("e\u0301te\u0301", "été"),
        ("машинное обучение", "МашинноеОбучение"),
        ("기계 학습", "기계학습"),
        ("机器 学习", "机器学习"),
        ("تعلم الآلة", "تعلمالآلة"),
        ("हिन्दी भाषा", "हिन्दीभाषा"),
        ("🚀 launch", "launch"),
        ("  spaced  out ", "SpacedOut"),
        ("iş dünyası", "İşDünyası"),
        ("yapay zekâ ile eğitim", "YapayZekâİleEğitim"),
        ("istanbul", "istanbul"),
        ("ice age", "IceAge"),
        ("CO₂", "CO2"),
        ("x²", "x2"),
    ],
)
def test_a_tag_becomes_one_word(tag, hashtag):
    assert to_hashtag(tag) == hashtag


@pytest.mark.parametrize("tag", ["", " ", "#", "2024", "2024-10", "🚀", "---", "½", "1️⃣", "x" * 101])
def test_what_makes_no_hashtag_makes_none(tag):
    assert to_hashtag(tag) is None


def chosen(tags, present=(), mapping=None, most=MOST):
    return choose(tags, mapping=mapping or {}, present=present, most=most)


def test_no_hashtag_stands_twice_whatever_its_case():
    assert chosen(["AI", "ai", "Ai"]) == Chosen(("AI",))


def test_what_the_text_has_already_is_not_added():
    assert chosen(["ai", "jekyll"], present=["AI"]) == Chosen(("jekyll",))


def test_what_the_text_has_already_is_not_added_under_another_name():
    assert chosen(["ai"], present=["AI"], mapping={"ai": "ArtificialIntelligence"}) == Chosen()


def test_no_more_than_five_together_with_those_of_the_text():
    five = chosen(list("abcdef"))
    assert five.hashtags == tuple("abcde")
    assert five.notes == ("'f' is more than 5",)
    assert chosen(list("abc"), present=["v", "w", "x", "y"]).hashtags == ("a",)


def test_an_author_who_names_more_gets_more():
    assert chosen(list("abcdef"), most=None) == Chosen(tuple("abcdef"))


def test_the_map_of_the_author_counts_first_whatever_the_case():
    assert chosen(["Machine Learning"], mapping={"machine learning": "ML"}) == Chosen(("ML",))
    assert chosen(["c#"], mapping={"C#": "#dotnet"}).hashtags == ("dotnet",)


@pytest.mark.parametrize("name", ["#AI", " ai ", "＃Ai"])
def test_the_map_knows_a_tag_with_or_without_its_sign(name):
    assert chosen(["AI"], mapping={name: "Foo"}) == Chosen(("Foo",))


def test_what_the_map_names_and_makes_no_hashtag_is_said():
    assert chosen(["AI"], mapping={"AI": "2024"}).notes == ("'2024' makes no hashtag",)


def test_a_capital_i_with_its_dot_makes_no_second_hashtag():
    assert chosen(["İstanbul", "istanbul"]) == Chosen(("İstanbul",))


def test_an_empty_entry_of_the_map_leaves_the_tag_out_in_silence():
    assert chosen(["misc", "ai"], mapping={"misc": ""}) == Chosen(("ai",))


def test_what_is_left_out_or_changed_heavily_is_said():
    assert chosen(["2024", "C#", "a b"]).notes == ("'2024' makes no hashtag", "'C#' became #CSharp")
