"""The web application: pages over the core and the store."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant.opening import Shell
from assistant.trees.model import LANGUAGES
from assistant.web import (
    errors,
    gates,
    languages,
    library,
    logs,
    look,
    pages,
    personal,
    search,
    security,
    shell,
    start,
    statements,
    trees,
)
from assistant.web.account import codes, demo, joining, mine, signing, single_sign_on
from assistant.web.account import mail as my_mail
from assistant.web.admin import editions, retention
from assistant.web.admin import mail as admin_mail
from assistant.web.admin import people as admin_people
from assistant.web.admin import settings as admin_settings
from assistant.web.admin import systems as admin_systems
from assistant.web.api import serving, views
from assistant.web.facilitator import afterwards, day, preparing, printing, rounds, running, workshops, writing
from assistant.web.officer import (
    advising,
    approving,
    archiving,
    colleagues,
    early,
    judging,
    opening,
    outcomes,
    phrases,
    queue,
    redacting,
    register,
    returning,
    standing,
    whole,
)
from assistant.web.room import joining as room_joining
from assistant.web.room import phone, screen
from assistant.web.team import (
    actions,
    again,
    calendar,
    deciding,
    dossiers,
    downloads,
    drafts,
    handing_in,
    history,
    lighter,
    links,
    map,
    members,
    moving,
    my_work,
    onward,
    questions,
    remarks,
    scan,
    sharing,
    themes,
    trail,
    variants,
    versions,
    weighing,
)

PARTS = (
    start,
    statements,
    signing,
    trees,
    personal,
    scan,
    dossiers,
    questions,
    themes,
    map,
    downloads,
    onward,
    handing_in,
    versions,
    trail,
    members,
    links,
    remarks,
    actions,
    again,
    calendar,
    history,
    drafts,
    my_work,
    search,
    variants,
    weighing,
    moving,
    lighter,
    sharing,
    library,
    deciding,
    joining,
    mine,
    codes,
    my_mail,
    single_sign_on,
    admin_people,
    admin_mail,
    admin_settings,
    editions,
    admin_systems,
    retention,
    queue,
    early,
    outcomes,
    opening,
    whole,
    judging,
    returning,
    advising,
    archiving,
    redacting,
    colleagues,
    phrases,
    register,
    approving,
    standing,
    workshops,
    preparing,
    printing,
    running,
    rounds,
    day,
    afterwards,
    writing,
    room_joining,
    phone,
    screen,
)
MAX_BODY = 2_000_000  # bytes of one request
MAX_FIELDS = 2_000


def create_app(opened: Shell) -> Flask:
    """The application over an opened installation."""
    settings = opened.settings
    single_sign_on.check_settings(settings)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=security.load_secret_key(settings.secret_key_path),
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=MAX_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a slow writer is no attacker
        WTF_CSRF_SSL_STRICT=settings.is_https,
    )
    app.jinja_env.autoescape = True  # by itself Flask escapes in *.html alone; the dossier's body is a *.jinja
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader([PackageLoader("assistant.web"), PackageLoader("exports")])
    app.extensions["shell"] = opened
    if settings.is_https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    logs.set_up(app)
    languages.set_up(app)
    security.set_up(app)
    csrf = CSRFProtect(app)  # after the others, so that what it refuses has a number and a language too
    errors.set_up(app)
    serving.set_up(app)
    pages.set_up(app)
    look.set_up(app)
    for part in PARTS:
        app.register_blueprint(part.blueprint, url_prefix=f"/<any({', '.join(LANGUAGES)}):language>")
    app.register_blueprint(shell.blueprint)
    app.register_blueprint(single_sign_on.landing)
    app.register_blueprint(room_joining.landing)
    app.register_blueprint(views.blueprint)
    if settings.is_demo:
        app.register_blueprint(demo.blueprint)
        csrf.exempt(demo.blueprint)  # it lets in anyone at this computer; other sites are refused by `security`
    gates.set_up(app)
    return app
