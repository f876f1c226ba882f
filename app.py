"""The web application, as servers look for it: `gunicorn app:app` or `flask run`."""

from catalogue.web import create_app

app = create_app()
