"""Lets the tests of this folder share their file maker."""
