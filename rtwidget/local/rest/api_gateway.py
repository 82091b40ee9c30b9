"""What stands before PostgREST on Supabase: the API key, then whose token counts."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from rtwidget.local.rest.rest_errors import RestError
from rtwidget.local.tokens import TokenError, TokenFault, read_rest_token

NO_KEY = {
    "message": "No API key found in request",
    "hint": "No `apikey` request header or url param was found.",
}
BAD_KEY = {
    "message": "Invalid API key",
    "hint": "Double check your Supabase `anon` or `service_role` API key.",
}

# A user's token is no key.
KEY_ROLES = ("anon", "service_role")
_PARTS = 3


def claims_of(
    request: web.Request, secret: str, leeway_s: float, valid_from: float = 0.0
) -> dict[str, Any]:
    """Return the claims a request acts with.

    Args:
        request: With an `apikey`, which has to be a project's, and perhaps a bearer token, which wins.
        secret: Key of the signatures.
        leeway_s: For how long expired tokens are forgiven, in seconds.
        valid_from: Bearer tokens issued before this moment, in Unix seconds, have expired.

    Raises:
        web.HTTPUnauthorized: The gateway refuses the key.
        RestError: PostgREST refuses the token.
    """
    key = request.headers.get("apikey") or request.query.get("apikey")
    if not key:
        raise _unauthorized(NO_KEY)
    try:
        # No `valid_from`: keys do not go stale.
        claims = read_rest_token(key, secret, leeway_s)
    except TokenError:
        raise _unauthorized(BAD_KEY) from None
    if claims.get("role") not in KEY_ROLES:
        raise _unauthorized(BAD_KEY)
    # supabase-js sends the key as its bearer token until a user signs in.
    token = _token(request, key)
    if token != key:
        try:
            claims = read_rest_token(token, secret, leeway_s, valid_from) if token else {}
        except TokenError as problem:
            raise _refused(problem, token) from None
    # PostgREST's `db-anon-role`, for a token without a role and for none.
    return {"role": "anon", **claims}


def _token(request: web.Request, key: str) -> str:
    """Return the token that PostgREST gets; empty for none, because it knows no scheme but Bearer."""
    header = request.headers.get("Authorization")
    if header is None:
        return key  # the gateway puts it there
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer":
        return ""
    if not token.strip():
        raise _unauthenticated("PGRST301", "Empty JWT is sent in Authorization header")
    return token.strip()


def _unauthorized(body: dict[str, str]) -> web.HTTPUnauthorized:
    return web.HTTPUnauthorized(text=web.json_response(body).text, content_type="application/json")


def _refused(problem: TokenError, token: str) -> RestError:
    parts = token.count(".") + 1
    message = (
        f"Expected 3 parts in JWT; got {parts}" if parts != _PARTS else "JWT couldn't be decoded"
    )
    code = "PGRST301"
    if problem.fault is TokenFault.EXPIRED:
        code, message = "PGRST303", "JWT expired"
    elif problem.fault is TokenFault.CLAIMS:
        code, message = "PGRST303", problem.text
    elif problem.fault is TokenFault.SIGNATURE:
        # In the words of the library jose, which PostgREST passes on.
        message = "No suitable key or wrong key type"
    return _unauthenticated(code, message)


def _unauthenticated(code: str, message: str) -> RestError:
    described = f'Bearer error="invalid_token", error_description="{message}"'
    return RestError(401, code, message, headers={"WWW-Authenticate": described})
