"""How ``recommender`` joins the application."""

from datetime import time, timedelta

from flask import Flask

import recommender.profiles.models
import recommender.recommendations.models
from core.events import subscribe
from core.jobs.tasks import Daily, Every, register, schedule
from homework.marking.events import Returned
from homework.regrades.events import MarkedAnew
from learning.attempts.events import Answered
from learning.playback.events import Watched
from library.merges.events import PointsMerged, PointsParted
from recommender.recommendations import api, subscribers, tasks, views

REBUILD_AT = time(2, 30)
LOOK_FOR_NEW_RESOURCES = timedelta(minutes=5)


def init_app(app: Flask) -> None:
    """Register this package's blueprints, subscriptions, jobs and commands."""
    app.register_blueprint(views.bp)
    app.register_blueprint(api.bp)
    subscribe(app, Answered, subscribers.when_answered)
    subscribe(app, Watched, subscribers.when_watched)
    subscribe(app, Returned, subscribers.when_returned)
    subscribe(app, MarkedAnew, subscribers.when_marked_anew)
    subscribe(app, PointsMerged, subscribers.when_points_change)
    subscribe(app, PointsParted, subscribers.when_points_change)
    register(app, tasks.refresh, tasks.refresh_after_homework, tasks.refresh_lists)
    register(app, tasks.follow_points, tasks.follow_regrade)
    schedule(app, Daily(tasks.rebuild_profiles, REBUILD_AT))
    schedule(app, Every(tasks.keep_similar_current, LOOK_FOR_NEW_RESOURCES))
