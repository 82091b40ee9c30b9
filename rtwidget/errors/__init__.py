"""Every error a user can meet: what happened, why it probably did, and what to do next.

    RtwidgetError
    +-- ArgumentError            a bad argument, refused before anything is started (also a ValueError)
    |   +-- FilterError          a filter that cannot be read
    |   +-- CredentialsError     no URL or key, or one of a shape that cannot work
    +-- NotReadyError            a wait ran out of time (also a TimeoutError)
    +-- ClosedError              the table was closed
    |   +-- ForkedError          the table belongs to the process that this one was forked from
    +-- SourceError              the database, its REST API or its Realtime server said no
        +-- UnreachableError     no answer at all
        |   +-- DatabaseUnavailableError   something answers, but the database behind it is down
        +-- AuthenticationError  the key or token was refused
        |   +-- IdentityChangedError   the token now names somebody else
        +-- PermissionDeniedError
        +-- TableNotFoundError
        +-- ColumnNotFoundError
        +-- KeyNotUniqueError    the key columns do not identify a row
        +-- ReadTooLargeError    the database answers, but cannot give so much at once
        +-- TooManyRowsError     more rows than a kernel should hold
        +-- ConnectionLostError  the notification stream ended
        +-- NotificationsUnavailableError   reads work, but nothing will announce changes
            +-- NotPublishedError           the table is in no Realtime publication

    ServiceKeyWarning            a UserWarning: the key reads past row-level security
    ColumnTypeWarning            a UserWarning: a column comes in a type that holds its values

Errors are classified once, here, by their `kind` (design section 7). Import them from here: where they are defined may change.
"""

from __future__ import annotations

from rtwidget.errors.call_errors import (
    ArgumentError,
    ClosedError,
    ColumnTypeWarning,
    CredentialsError,
    FilterError,
    ForkedError,
    NotReadyError,
    ServiceKeyWarning,
)
from rtwidget.errors.root import ErrorKind, RtwidgetError, fault
from rtwidget.errors.source_errors import (
    AuthenticationError,
    ColumnNotFoundError,
    ConnectionLostError,
    DatabaseUnavailableError,
    IdentityChangedError,
    KeyNotUniqueError,
    NotificationsUnavailableError,
    NotPublishedError,
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
    TooManyRowsError,
    UnreachableError,
)

__all__ = [
    "ArgumentError",
    "AuthenticationError",
    "ClosedError",
    "ColumnNotFoundError",
    "ColumnTypeWarning",
    "ConnectionLostError",
    "CredentialsError",
    "DatabaseUnavailableError",
    "ErrorKind",
    "FilterError",
    "ForkedError",
    "IdentityChangedError",
    "KeyNotUniqueError",
    "NotPublishedError",
    "NotReadyError",
    "NotificationsUnavailableError",
    "PermissionDeniedError",
    "ReadTooLargeError",
    "RtwidgetError",
    "ServiceKeyWarning",
    "SourceError",
    "TableNotFoundError",
    "TooManyRowsError",
    "UnreachableError",
    "fault",
]

# A traceback names an error as one imports and catches it, not by the file that it stands in.
for _name in __all__:
    globals()[_name].__module__ = __name__
