"""Who comes in: the sign-in of an office through Streamlit's own OpenID Connect, or a name where nobody signs in."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitSecretNotFoundError

from optplan.office import Person, Role, local_person, read_roles, require, signed_in_person
from optplan.office.findings import refusal
from optplan.office.visitors import address_of, is_at_this_machine, local_role
from optplan.tables.findings import InputError
from optplan.web.browsers import mark_in
from optplan.web.desk import Desk
from optplan.web.widgets.guard import guarded, show_findings
from optplan.web.words import plain, sentence, words_of

say = words_of("office")
log = logging.getLogger("optplan.web")
NAME = "signing-in.name"


def admitted(desk: Desk) -> bool:
    """Whether the visitor may come in; then the desk knows who they are. Asked at every touch, for roles may be taken away."""
    try:
        person = _visitor()
        if person is None:
            return False
        require(person, Role.VIEWER)
    except InputError:
        return False
    desk.author = person
    return True


def show_door() -> None:
    """All that a stranger sees: how to sign in, or why they cannot come in."""
    with guarded():
        st.title(sentence("web", "title"))
        try:
            person = _visitor()
            if person is not None:
                require(person, Role.VIEWER)
        except InputError as problem:
            show_findings(problem)
            if _signed_in():
                st.button(say("sign-out"), on_click=st.logout)
            return
        st.write(say("please-sign-in"))
        if st.button(say("sign-in"), type="primary", icon=":material/login:"):
            try:
                st.login()
            except StreamlitAuthError as problem:
                log.exception("sign-in is not set up right")
                raise refusal("sign-in-broken", reason=problem) from problem


def show_author(desk: Desk) -> None:
    """Who is at the desk and what they may do; where nobody signs in, a field for their name."""

    author = desk.author
    if not _sign_in_is_on():
        st.text_input(say("your-name"), placeholder=say("your-name"), key=NAME, label_visibility="collapsed", max_chars=100)
    st.markdown(f"{plain(author.name)} · {say(f'role-{author.role}')}")
    if _sign_in_is_on():
        st.text(author.address)
        st.button(say("sign-out"), icon=":material/logout:", on_click=st.logout)


def _visitor() -> Person | None:
    """Who the visitor is; ``None`` if they have yet to sign in. Raises :class:`InputError` while roles cannot be told."""
    if _sign_in_is_on():
        return signed_in_person(st.user.to_dict(), read_roles()) if _signed_in() else None
    given = str(st.session_state.get(NAME) or "")
    peer, headers = st.context.ip_address, dict(st.context.headers.items())
    browser = mark_in(dict(st.context.cookies.items()))
    if is_at_this_machine(peer, headers):
        return local_person(given, local_role(), browser)
    return local_person(given or address_of(str(peer), headers), read_roles().others, browser)


def _signed_in() -> bool:
    return bool(st.user.get("is_logged_in"))


def _sign_in_is_on() -> bool:
    """Whether the server's secrets say who signs people in. Raises :class:`InputError` if they cannot be read."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError as problem:
        there = [file for file in st.get_option("secrets.files") if Path(file).exists()]
        if not there:
            return False
        log.exception("the secrets cannot be read")
        raise refusal("secrets-broken", file=there[0]) from problem
