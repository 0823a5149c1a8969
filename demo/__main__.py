"""``python -m demo``: the same as ``weike demo``, where Weike is not installed."""

from app.factory import create_app
from demo import wiring
from demo.cli import demo

app = create_app()
wiring.init_app(app)
with app.app_context():
    demo(prog_name="python -m demo")
