"""The office as a WSGI application, with its keeper beside it."""

import os

from django.core.wsgi import get_wsgi_application

from onroll.office.config.environment import Environment, require_for_service

require_for_service(Environment())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onroll.office.config.settings")
application = get_wsgi_application()

# Only now are the applications loaded that the keeper works with.
from onroll.office.config.serving import start_keeper  # noqa: E402

keeper = start_keeper()
