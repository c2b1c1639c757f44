"""Lets the tests of this folder share their small script packs."""
