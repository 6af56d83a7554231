"""What a post may carry, edits, reshares, the author finder, organizations."""

import pytest

from crosspost.sandbox import Member, Token

AUTHOR = "urn:li:person:sandbox-member"
PAGE = Member(urn="urn:li:organization:5", name="Acme", headline="")
GIF = b"GIF89a\x02\x00\x01\x00\x00\x00\x00;"
PDF = b"%PDF-1.7\n/Type /Page\n"
ARTICLE = {"source": "https://example.com/", "title": "T"}


def poll(**changes):
    return {
        "question": "Which?",
        "options": [{"text": "a"}, {"text": "b"}],
        "settings": {"duration": "THREE_DAYS"},
    } | changes


def code(response):
    assert response.status_code == 400, response.text
    return response.json()["errorDetails"]["inputErrors"][0]["code"]


def urn_of(response):
    assert response.status_code == 201, response.text
    return response.headers["x-restli-id"]


@pytest.fixture
def image(linkedin, sandbox_clock):
    urn = linkedin.upload(GIF)
    sandbox_clock.advance(seconds=2)
    return urn


@pytest.fixture
def document(linkedin, sandbox_clock):
    urn = linkedin.upload(PDF, "document")
    sandbox_clock.advance(seconds=2)
    return urn


@pytest.fixture
def partner(start_sandbox, connect):
    tokens = {"sandbox-token": Token(organizations=(PAGE,))}
    return connect(start_sandbox(profile="partner", tokens=tokens))


# --- media -----------------------------------------------------------------------------------------------------------


def test_one_image_with_its_alt_text(sandbox, linkedin, image):
    urn = urn_of(linkedin.post(content={"media": {"id": image, "altText": "A dot"}}))
    assert urn.startswith("urn:li:share:")
    (post,) = sandbox.posts
    assert (post.content.urn, post.content.alt) == (image, "A dot")


def test_an_uploaded_image_can_be_used_again(linkedin, image):
    for text in ("one", "two"):
        urn_of(linkedin.post(text, content={"media": {"id": image}}))


def test_a_post_with_a_document_has_another_kind_of_id(linkedin, document):
    urn = urn_of(linkedin.post(content={"media": {"id": document, "title": "Slides"}}))
    assert urn.startswith("urn:li:ugcPost:")
    assert linkedin.delete(f"/rest/posts/{urn.replace(':', '%3A')}").status_code == 204


@pytest.mark.parametrize(("title", "expected"), [({}, "MISSING_FIELD"), ({"title": " "}, "INVALID_VALUE_BLANK_FIELD")])
def test_a_document_needs_a_title(linkedin, document, title, expected):
    assert code(linkedin.post(content={"media": {"id": document, **title}})) == expected


def test_a_link_card_may_have_a_thumbnail(sandbox, linkedin, image):
    card = ARTICLE | {"thumbnail": image, "thumbnailAltText": "A dot"}
    urn_of(linkedin.post(content={"article": card}))
    assert (sandbox.posts[0].article.thumbnail, sandbox.posts[0].article.thumbnail_alt) == (image, "A dot")


@pytest.mark.parametrize("count", [2, 20])
def test_a_gallery_has_2_to_20_images(sandbox, linkedin, image, count):
    images = [{"id": image, "altText": str(number)} for number in range(count)]
    urn_of(linkedin.post(content={"multiImage": {"images": images}}))
    assert [each.alt for each in sandbox.posts[0].content.images] == [str(number) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "INVALID_VALUE_FOR_FIELD"), (1, "INVALID_VALUE_FOR_FIELD"), (21, "FIELD_ARRAY_SIZE_TOO_HIGH")],
)
def test_a_gallery_of_another_size_is_refused(linkedin, image, count, expected):
    assert code(linkedin.post(content={"multiImage": {"images": [{"id": image}] * count}})) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"media": {"id": "urn:li:image:never-was"}}, "INVALID_IMAGE_ID"),
        ({"media": {"id": "urn:li:video:never-was"}}, "INVALID_URN_ID"),
        ({"media": {"id": "urn:li:image:a b"}}, "INVALID_URN_ID"),
        ({"media": {"id": "urn:li:share:1"}}, "INVALID_URN_TYPE"),
        ({"media": {"id": "image.png"}}, "INVALID_URN_TYPE"),
        ({"media": {"id": "urn:li:image:1", "altText": "x" * 4087}}, "FIELD_LENGTH_TOO_LONG"),
        ({"media": {"id": "urn:li:document:1", "title": "x" * 401}}, "FIELD_LENGTH_TOO_LONG"),
        ({"article": ARTICLE | {"thumbnail": "urn:li:document:1"}}, "INVALID_URN_TYPE"),
        ({"article": ARTICLE | {"thumbnail": "https://example.com/x.png"}}, "INVALID_URN_TYPE"),
        ({"multiImage": {"images": [{"id": "urn:li:video:1"}] * 2}}, "INVALID_URN_TYPE"),
    ],
)
def test_media_that_cannot_be_are_refused(sandbox, linkedin, content, expected):
    assert code(linkedin.post(content=content)) == expected
    assert sandbox.posts == ()


def test_media_of_another_owner_are_refused(partner, sandbox_clock):
    theirs = partner.upload(GIF, owner=PAGE.urn)
    sandbox_clock.advance(seconds=2)
    content = {"media": {"id": theirs}}
    assert code(partner.post(content=content)) == "INVALID_VALUE_FOR_FIELD"
    urn_of(partner.post(author=PAGE.urn, content=content))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({}, "DataMap is not a valid union: it has no entry"),
        ({"article": ARTICLE, "poll": poll()}, "DataMap should have no more than one entry for a union type"),
    ],
)
def test_a_content_is_exactly_one_of_its_kinds(linkedin, content, problem):
    response = linkedin.post(content=content)
    assert (response.status_code, response.json()["message"]) == (422, f"ERROR :: /content :: {problem}\n")


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"multiImage": {"images": ["x"]}}, "/content/multiImage/images/0"),
        ({"multiImage": {"images": [{"altText": "x"}]}}, "/content/multiImage/images/0/id"),
        ({"poll": {"question": "?", "options": [], "settings": {}}}, "/content/poll/settings/duration"),
    ],
)
def test_a_wrong_part_of_a_content_is_named(linkedin, content, path):
    response = linkedin.post(content=content)
    assert response.status_code == 422
    assert response.json()["message"].startswith(f"ERROR :: {path} :: ")


# --- polls -----------------------------------------------------------------------------------------------------------


def test_a_poll_is_kept(sandbox, linkedin):
    urn_of(linkedin.post(content={"poll": poll()}))
    assert sandbox.posts[0].content.options == ("a", "b")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"question": "x" * 141}, "FIELD_LENGTH_TOO_LONG"),
        ({"question": " "}, "INVALID_VALUE_BLANK_FIELD"),
        ({"options": [{"text": "a"}]}, "INVALID_VALUE_FOR_FIELD"),
        ({"options": [{"text": "a"}] * 5}, "INVALID_VALUE_FOR_FIELD"),
        ({"options": [{"text": "a"}, {"text": "x" * 31}]}, "FIELD_LENGTH_TOO_LONG"),
        ({"options": [{"text": "a"}, {"text": ""}]}, "INVALID_VALUE_BLANK_FIELD"),
        ({"settings": {"duration": "TWO_DAYS"}}, "INVALID_VALUE_FOR_FIELD"),
    ],
)
def test_a_poll_has_limits(linkedin, change, expected):
    assert code(linkedin.post(content={"poll": poll(**change)})) == expected


def test_a_poll_at_its_limits_is_taken(linkedin):
    options = [{"text": "x" * 29 + str(number)} for number in range(4)]
    urn_of(linkedin.post(content={"poll": poll(question="x" * 140, options=options)}))


def test_a_poll_is_never_edited(sandbox, linkedin):
    urn = urn_of(linkedin.post("before", content={"poll": poll()}))
    assert linkedin.edit(urn, {"commentary": "after"}).status_code == 400
    assert sandbox.posts[0].rendered == "before"


# --- reshares --------------------------------------------------------------------------------------------------------


def test_a_reshare_names_its_parent(sandbox, linkedin):
    parent = urn_of(linkedin.post("first"))
    urn_of(linkedin.post("look", reshareContext={"parent": parent}))
    assert sandbox.posts[1].parent == parent


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"reshareContext": {"parent": "urn:li:share:1"}}, "INVALID_URN_ID"),
        ({"reshareContext": {"parent": "urn:li:activity:1"}}, "INVALID_URN_TYPE"),
    ],
)
def test_a_parent_has_to_be_a_post(linkedin, more, expected):
    assert code(linkedin.post(**more)) == expected


def test_some_posts_cannot_be_reshared_and_no_reshare_carries_more(linkedin):
    closed = urn_of(linkedin.post("closed", isReshareDisabledByAuthor=True))
    assert code(linkedin.post("a", reshareContext={"parent": closed})) == "INVALID_VALUE_FOR_FIELD"
    parent = urn_of(linkedin.post("open"))
    response = linkedin.post("b", reshareContext={"parent": parent}, content={"article": ARTICLE})
    assert code(response) == "INVALID_VALUE_FOR_FIELD"


# --- edits -----------------------------------------------------------------------------------------------------------


def test_an_edit_changes_the_text_and_keeps_the_id(partner, sandbox_clock):
    urn = urn_of(partner.post("before", content={"article": ARTICLE}))
    created = round(sandbox_clock().timestamp() * 1000)
    sandbox_clock.advance(minutes=5)
    response = partner.edit(urn, {"commentary": r"after \(all\)"})
    assert (response.status_code, response.content) == (204, b"")
    read = partner.get(f"/rest/posts/{urn.replace(':', '%3A')}").json()
    assert (read["id"], read["commentary"]) == (urn, r"after \(all\)")
    assert read["lifecycleStateInfo"] == {"isEditedByAuthor": True}
    assert (read["createdAt"], read["lastModifiedAt"]) == (created, created + 300_000)
    assert read["content"] == {"article": ARTICLE}


def test_an_edit_needs_its_method_named(sandbox, linkedin):
    urn = urn_of(linkedin.post("before"))
    for method in ("", "UPDATE"):
        assert linkedin.edit(urn, {"commentary": "after"}, **{"X-RestLi-Method": method}).status_code == 400
    assert sandbox.posts[0].rendered == "before"


@pytest.mark.parametrize("method", ["UPDATE", "PARTIAL_UPDATE"])
def test_a_create_or_delete_that_says_it_is_something_else_is_refused(sandbox, linkedin, method):
    urn = urn_of(linkedin.post("first"))
    linkedin.headers["X-RestLi-Method"] = method
    assert linkedin.post("second").status_code == 400
    assert linkedin.delete(f"/rest/posts/{urn.replace(':', '%3A')}").status_code == 400
    assert [post.rendered for post in sandbox.posts] == ["first"]
    linkedin.headers["X-RestLi-Method"] = "DELETE"
    assert linkedin.delete(f"/rest/posts/{urn.replace(':', '%3A')}").status_code == 204


@pytest.mark.parametrize("field", ["visibility", "content", "author", "distribution"])
def test_only_some_fields_are_editable(linkedin, field):
    urn = urn_of(linkedin.post("before"))
    response = linkedin.edit(urn, {field: "x"})
    assert response.status_code == 403
    assert f"[/patch/$set/{field}]" in response.json()["message"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"commentary": "x" * 3001}, "FIELD_ARRAY_SIZE_TOO_HIGH"),
        ({"commentary": " "}, "INVALID_VALUE_BLANK_FIELD"),
        ({"lifecycleState": "DRAFT"}, "INVALID_VALUE_FOR_FIELD"),
    ],
)
def test_an_edit_has_the_limits_of_a_create(linkedin, changes, expected):
    assert code(linkedin.edit(urn_of(linkedin.post("before")), changes)) == expected


def test_an_edited_text_is_cut_like_any_other(sandbox, linkedin):
    linkedin.edit(urn_of(linkedin.post("before")), {"commentary": "after (cut"})
    assert (sandbox.posts[0].rendered, sandbox.posts[0].truncated) == ("after ", True)


def test_what_is_gone_or_somebody_elses_is_not_edited(start_sandbox, connect):
    other = Token(member=Member(urn="urn:li:person:other"))
    sandbox = start_sandbox(tokens={"sandbox-token": Token(), "two": other})
    mine = urn_of(connect(sandbox).post("mine"))
    assert connect(sandbox, Authorization="Bearer two").edit(mine, {"commentary": "theirs"}).status_code == 404
    assert connect(sandbox).edit("urn:li:share:1", {"commentary": "x"}).status_code == 404


def test_a_self_serve_app_may_be_forbidden_to_edit(start_sandbox, connect):
    client = connect(start_sandbox(edits=False))
    response = client.edit(urn_of(client.post("before")), {"commentary": "after"})
    assert response.status_code == 403
    assert "partnerApiPostsExternal.PARTIAL_UPDATE.20260901" in response.text


def test_a_second_delete_may_be_answered_204(start_sandbox, connect):
    client = connect(start_sandbox(delete_again=204))
    path = f"/rest/posts/{urn_of(client.post()).replace(':', '%3A')}"
    assert [client.delete(path).status_code for _ in range(2)] == [204, 204]
    assert client.delete("/rest/posts/nonsense").status_code == 400


# --- the author finder -----------------------------------------------------------------------------------------------

ENCODED = AUTHOR.replace(":", "%3A")


def test_a_self_serve_app_finds_nothing(linkedin):
    response = linkedin.get(f"/rest/posts?q=author&author={ENCODED}")
    assert response.status_code == 403
    assert response.json()["message"] == (
        "Not enough permissions to access: partnerApiPostsExternal.FINDER-author.20260901"
    )


def test_a_partner_finds_the_authors_posts_the_latest_first(partner):
    urns = [urn_of(partner.post(text)) for text in ("one", "two", "three")]
    partner.post("page", author=PAGE.urn)
    found = partner.get(f"/rest/posts?author={ENCODED}&q=author&count=2", **{"X-RestLi-Method": "FINDER"}).json()
    assert [post["id"] for post in found["elements"]] == [urns[2], urns[1]]
    assert found["paging"] == {"start": 0, "count": 2, "links": [], "total": 3}
    rest = partner.get(f"/rest/posts?q=author&author={ENCODED}&start=2").json()
    assert [post["id"] for post in rest["elements"]] == [urns[0]]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=author", 400),
        (f"q=author&author={AUTHOR}", 400),
        ("q=author&author=urn%3Ali%3Aperson%3Asomebody", 403),
        (f"q=author&author={ENCODED}&count=x", 400),
        ("q=other", 404),
    ],
)
def test_a_wrong_search_is_refused(partner, query, status):
    assert partner.get(f"/rest/posts?{query}").status_code == status


# --- organizations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [("ADMINISTRATOR", 201), ("CONTENT_ADMIN", 201), ("DIRECT_SPONSORED_CONTENT_POSTER", 201), ("ANALYST", 403)],
)
def test_a_page_is_published_for_by_some_roles(start_sandbox, connect, role, status):
    tokens = {"sandbox-token": Token(organizations=(PAGE,), roles={PAGE.urn: role})}
    client = connect(start_sandbox(tokens=tokens, profile="partner"))
    response = client.post(author=PAGE.urn)
    assert response.status_code == status
    assert status == 201 or "partnerApiPostsExternal.CREATE.20260901" in response.text


@pytest.mark.parametrize(("profile", "status"), [("partner", 201), ("self-serve", 403)])
def test_who_has_nothing_but_the_command_can_rehearse_with_a_page(start_sandbox, connect, profile, status):
    response = connect(start_sandbox(profile=profile)).post(author="urn:li:organization:123")
    assert response.status_code == status
