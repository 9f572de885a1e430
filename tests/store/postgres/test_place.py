"""Where a server's database is: no password in it, no server that does not prove itself."""

from __future__ import annotations

import pytest

from onestop.errors import InvalidInput
from onestop.store.postgres import place as place_module
from onestop.store.postgres.place import (
    NO_ADDRESS,
    NOT_READABLE,
    NOT_VERIFIED,
    TOLD_INSIDE,
    UNKNOWN_OPTION,
    parse_place,
)


def test_a_server_elsewhere_must_prove_itself() -> None:
    place = parse_place(" postgresql://desk@db.shop.example:5433/onestop?sslrootcert=/etc/shop.pem ")

    assert place.parameters() == {
        "host": "db.shop.example",
        "port": 5433,
        "dbname": "onestop",
        "user": "desk",
        "sslmode": "verify-full",
        "sslrootcert": "/etc/shop.pem",
    }


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgresql://desk@localhost/onestop", "localhost"),
        ("postgres://desk@127.0.0.1/onestop", "127.0.0.1"),
        ("postgresql://desk@[::1]/onestop", "::1"),
        ("postgresql://desk@/onestop?host=/run/postgresql", "/run/postgresql"),
        ("postgresql://desk@%2Frun%2Fpostgresql/onestop", "/run/postgresql"),
    ],
)
def test_on_this_machine_no_certificate_is_asked_for(url: str, host: str) -> None:
    assert parse_place(url).parameters() == {"host": host, "port": 5432, "dbname": "onestop", "user": "desk"}


def test_without_a_name_the_socket_at_its_usual_place_is_meant() -> None:
    assert parse_place("postgresql://desk@/%E5%BA%97").parameters() == {"port": 5432, "dbname": "店", "user": "desk"}


def test_the_standby_is_named_beside_its_server() -> None:
    place = parse_place("postgresql://desk@a.example,b.example:5433/onestop")

    told = {"host": "a.example,b.example", "port": "5432,5433", "dbname": "onestop", "user": "desk"}
    assert place.parameters() == told | {"sslmode": "verify-full"}
    assert "sslmode" not in parse_place("postgresql://desk@127.0.0.1:5433,[::1]:5434/onestop").parameters()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://desk@db.example/onestop", NO_ADDRESS),
        ("db.example", NO_ADDRESS),
        ("postgresql://db.example/onestop", NO_ADDRESS),
        ("postgresql://desk@db.example", NO_ADDRESS),
        ("postgresql://desk@db.example:many/onestop", NO_ADDRESS),
        ("postgresql://desk@db.example/onestop#1", NO_ADDRESS),
        ("postgresql://desk@/onestop?host=a.example,b.example", NO_ADDRESS),
        ("postgresql://desk@a.example,/onestop", NO_ADDRESS),
        ("postgresql://desk@a.example,b.example/onestop?host=c.example", NO_ADDRESS),
        ("postgresql://desk@localhost,b.example/onestop?sslmode=disable", NOT_VERIFIED),
        ("postgresql://desk:secret@db.example/onestop", TOLD_INSIDE),
        ("postgresql://desk@db.example/onestop?password=secret", TOLD_INSIDE),
        ("postgresql://desk@db.example/onestop?sslmode=require", NOT_VERIFIED),
        ("postgresql://desk@/onestop?host=db.example&sslmode=disable", NOT_VERIFIED),
        ("postgresql://desk@db.example/onestop?options=-csearch_path=x", UNKNOWN_OPTION),
    ],
)
def test_what_cannot_be_used_is_refused_without_repeating_it(url: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_place(url)

    assert [(problem.field, problem.message) for problem in refused.value.problems] == [("database_url", sentence)]
    assert "secret" not in repr(refused.value) + str(refused.value)


@pytest.mark.parametrize(("anywhere", "path"), [(True, "/etc/証明書.pem"), (False, r"C:\certs of 1\shop.pem")])
def test_a_certificate_lies_where_libpq_can_open_it(
    monkeypatch: pytest.MonkeyPatch, path: str, *, anywhere: bool
) -> None:
    monkeypatch.setattr(place_module, "OPENS_ANY_PATH", anywhere)
    options = parse_place(f"postgresql://desk@db.example/onestop?sslrootcert={path}").options
    assert options == (("sslrootcert", path),)


def test_on_windows_a_certificate_that_libpq_could_not_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_module, "OPENS_ANY_PATH", False)
    with pytest.raises(InvalidInput) as refused:
        parse_place(r"postgresql://desk@db.example/onestop?sslrootcert=C:\Users\山田 太郎\shop.pem")
    assert [problem.message for problem in refused.value.problems] == [NOT_READABLE]
