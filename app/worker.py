"""What ``celery --app app.worker worker`` starts."""

from app.factory import create_app
from app.inherited import follow_supervisor
from app.queue import celery as current_celery
from app.queue import sweep_while_working

follow_supervisor()
flask_app = create_app()
sweep_while_working(flask_app)
with flask_app.app_context():
    celery = current_celery()
