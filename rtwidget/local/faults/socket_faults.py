"""What may befall handshakes, joins and subscriptions."""

from __future__ import annotations

import threading

from rtwidget.local.faults.interruptible_wait import InterruptibleWait


class SocketFaults:
    """The Realtime server asks it; any thread may set what is wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocked = False
        self._refusals = 0
        self._reason = ""
        self._delay_s = 0.0
        self._handshakes = InterruptibleWait()
        self._subscriptions = InterruptibleWait()

    def block(self, *, blocked: bool, hang: bool) -> None:
        """Let no handshake through, or all again."""
        self._blocked = blocked
        if blocked and hang:
            # Without an answer a client waits for its own timeout, which is another failure than a refusal.
            self._handshakes.block()
        else:
            self._handshakes.unblock()

    def refuse(self, times: int, reason: str) -> None:
        """Refuse the next joins."""
        with self._lock:
            self._refusals, self._reason = times, reason

    def delay(self, seconds: float) -> None:
        """Subscribe so much later."""
        self._delay_s = seconds

    def clear(self) -> None:
        """Let everybody in again; those who wait go on."""
        with self._lock:
            self._refusals = 0
        self._delay_s = 0.0
        self.block(blocked=False, hang=False)
        self._subscriptions.unblock()

    def wake(self) -> None:
        """Send off those who wait, because the server ends."""
        self._handshakes.wake()
        self._subscriptions.wake()

    async def lets_in(self) -> bool:
        """Tell, perhaps only after a long while, whether a handshake is answered as it should be."""
        await self._handshakes.until_unblocked()
        # Looked at after the wait: who hung while it was unblocked gets in.
        return not self._blocked

    def take_refusal(self) -> str | None:
        """Return why this join is refused."""
        with self._lock:
            if self._refusals <= 0:
                return None
            self._refusals -= 1
            return self._reason

    async def before_subscribing(self) -> None:
        """Wait as long as the subscription is to be delayed."""
        await self._subscriptions.sleep(self._delay_s)
