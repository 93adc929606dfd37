"""Workbooks in the layouts that teams really send, made in the tests."""
