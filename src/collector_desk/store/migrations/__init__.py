"""Alembic's steps from one schema to the next. ``store/migrate.py`` runs them, ``make.py`` writes new ones."""
