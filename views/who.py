"""Who is using the app: the person who signed in, or the one local owner of this machine."""

from __future__ import annotations

import streamlit as st

from store.records import Actor

LOCAL = Actor("local", "Local owner")
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def person() -> Actor:
    """The person of this session. Stops the page where somebody has to sign in first.

    Sign-in is set up in `.streamlit/secrets.toml` under [auth] (OpenID Connect). Without it the
    app serves this machine only, to one local owner.
    """
    if not sign_in_is_set_up():
        if st.get_option("server.address") not in THIS_MACHINE:
            st.error(
                "There is a problem. This app is open to other machines, but nobody can sign in. "
                "Set up sign-in in .streamlit/secrets.toml, or serve localhost only."
            )
            st.stop()
        return LOCAL
    if not getattr(st.user, "is_logged_in", False):
        st.title("Prioritiser")
        st.markdown("Sign in with your organisation's account to open your rounds.")
        st.button("Sign in", type="primary", on_click=st.login)
        st.stop()
    told = st.user.to_dict()
    id = str(told.get("email") or told.get("sub") or "").strip().casefold()
    if not id:
        st.error("There is a problem. Your account gives neither an email address nor an id.")
        st.stop()
    return Actor(id, str(told.get("name") or id))


def sign_in_is_set_up() -> bool:
    """Whether secrets.toml has a section for sign-in."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets
