"""Partitions, and tables that inherit, as the tests make them."""

from __future__ import annotations

TREE = (
    "create table {0} (id int primary key, n int) partition by range (id);"
    "create table {0}_1 partition of {0} for values from (0) to (100) partition by range (id);"
    "create table {0}_1_1 partition of {0}_1 for values from (0) to (50);"
    "create table {0}_2 partition of {0} for values from (100) to (200)"
)


FAMILY = (
    "create table {0} (id int primary key, name text);"
    "create table {0}_pet (owner text, primary key (id)) inherits ({0});"
    "create table {0}_wild (primary key (id)) inherits ({0});"
    "create table {0}_cat (primary key (id)) inherits ({0}_pet, {0}_wild)"
)
