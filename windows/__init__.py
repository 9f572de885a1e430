"""Trying the program on a real Windows Python on Linux, under Wine. Nothing here is needed to run, test or ship it."""
