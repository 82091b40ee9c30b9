"""Types that live in a schema which is on nobody's search path."""

from __future__ import annotations

SCHEMA = "apart"

MAKE = f"""
create schema {SCHEMA};
grant usage on schema {SCHEMA} to public;
create extension citext schema {SCHEMA};
create extension ltree schema {SCHEMA};
create extension hstore schema {SCHEMA};
create extension cube schema {SCHEMA};
create extension seg schema {SCHEMA};
create domain {SCHEMA}.email as {SCHEMA}.citext check (value like '%@%');
create type {SCHEMA}.mood as enum ('sad', 'ok', 'happy');
create type {SCHEMA}.names as range (subtype = {SCHEMA}.citext);

create type {SCHEMA}.semver;
create function {SCHEMA}.semver_in(cstring) returns {SCHEMA}.semver as 'textin' language internal immutable strict;
create function {SCHEMA}.semver_out({SCHEMA}.semver) returns cstring as 'textout' language internal immutable strict;
create type {SCHEMA}.semver (
  input = {SCHEMA}.semver_in, output = {SCHEMA}.semver_out, like = text, category = 'S');
create cast ({SCHEMA}.semver as text) without function as implicit;
"""
"""A semver orders `1.10` behind `1.9`, by a class of its own; without that it would be compared as text."""

_COMPARE = """
create function {schema}.semver_{name}({schema}.semver, {schema}.semver) returns boolean immutable strict language sql
  return string_to_array($1::text, '.')::int[] {symbol} string_to_array($2::text, '.')::int[];
create operator {schema}.{symbol} (
  leftarg = {schema}.semver, rightarg = {schema}.semver, function = {schema}.semver_{name});
"""
_CLASS = """
create function {schema}.semver_cmp({schema}.semver, {schema}.semver) returns int immutable strict language sql
  return btarraycmp(string_to_array($1::text, '.')::int[], string_to_array($2::text, '.')::int[]);
create operator class {schema}.semver_ops default for type {schema}.semver using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >,
  function 1 {schema}.semver_cmp({schema}.semver, {schema}.semver);
"""


def made() -> list[str]:
    """Return the statements that make the schema."""
    names = {"lt": "<", "le": "<=", "eq": "=", "ge": ">=", "gt": ">"}
    operators = [
        _COMPARE.format(schema=SCHEMA, name=name, symbol=symbol) for name, symbol in names.items()
    ]
    path = f"set search_path = {SCHEMA}, public"
    return [MAKE, path, *operators, _CLASS.format(schema=SCHEMA), "reset search_path"]
