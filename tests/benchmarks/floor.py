"""The floor: the same views, bare. Flask, a page of equal size, a session, a CSRF token, one row written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flask import Flask, redirect, render_template_string, request, session
from flask_wtf import CSRFProtect

TOKEN = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'


def build_floor(database: Path, html: str, document: str) -> Flask:
    """`html`: what a page of the assistant sends; `document`: what it writes."""
    app = Flask("floor")
    app.secret_key = "of no use to anyone"
    CSRFProtect(app)
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE dossier (id INTEGER PRIMARY KEY, version INTEGER, document TEXT)")
    connection.execute("INSERT INTO dossier VALUES (1, 0, '')")
    template = "<!doctype html><title>{{ title }}</title>" + TOKEN + "{% raw %}" + html + "{% endraw %}"

    @app.get("/")
    def page() -> str:
        return render_template_string(template, title=session.get("title", "A page"))

    @app.post("/")
    def save() -> object:
        changed = document + request.form["value"]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE dossier SET version = version + 1, document = ? WHERE id = 1", (changed,))
        connection.execute("COMMIT")
        session["saved"] = True
        return redirect("/")

    return app
