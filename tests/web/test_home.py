from __future__ import annotations

from flask.testing import FlaskClient

from crossties.instance import Instance
from crossties.questions.catalogue import load_questions
from crossties.web.ready import choose_ready

BROWSER = {"Accept": "text/html"}


def test_the_first_page_says_what_this_is_and_how_to_go_on(client: FlaskClient) -> None:
    text = client.get("/", headers=BROWSER).text
    assert 'action="/search"' in text
    for word in ("SPARQL", "CSV", "pandas.read_csv", "statements", "money facts"):
        assert word in text


def test_three_ready_questions_have_live_answers(client: FlaskClient, world_instance: Instance) -> None:
    ready = choose_ready(load_questions(world_instance.content.queries), world_instance.version.labels())
    assert len(ready) == 3
    text = client.get("/", headers=BROWSER).text
    for one in ready:
        assert one.question.title in text
        assert client.get(one.path, headers=BROWSER).status_code == 200
