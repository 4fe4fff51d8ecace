"""Drive Firefox by WebDriver BiDi (W3C), which it speaks by itself; Playwright drives none but its own build."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
# draws WebGL without a graphics card, and asks its makers for nothing
PREFERENCES = {
    "webgl.force-enabled": True,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "ui.prefersReducedMotion": 1,
}
XVFB = shutil.which("Xvfb")
PATIENCE = 120  # seconds: a busy machine takes half a minute to start a browser


@dataclass
class Tab:
    """Hold one tab, what its page complained of and what it asked for."""

    socket: ClientConnection
    context: str = ""
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its answer; events that come before it are noted."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self.socket.recv(timeout=PATIENCE))
            if said.get("id") == number:
                if said["type"] == "error":
                    raise AssertionError(f"{method}: {said['message']}")
                return dict(said["result"])
            self._note(said)

    def _note(self, said: dict[str, Any]) -> None:
        if said.get("method") == "log.entryAdded":
            self.complaints.append(f"{said['params']['level']}: {said['params']['text']}")
        elif said.get("method") == "network.beforeRequestSent":
            self.requests.append(said["params"]["request"]["url"])

    def open(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def evaluate(self, script: str) -> Any:
        """Return what an expression gives, once its promise is kept, as JSON holds it."""
        wrapped = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        target = {"context": self.context}
        said = self.send("script.evaluate", expression=wrapped, target=target, awaitPromise=True)
        assert said["type"] == "success", said
        return json.loads(said["result"]["value"])

    def text(self, selector: str) -> str:
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText"))

    def keys(self, typed: str) -> None:
        """Press keys one after the other; Enter is U+E007."""
        actions = [{"type": kind, "value": key} for key in typed for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": actions})

    def click(self, x: float, y: float) -> None:
        moves: list[dict[str, Any]] = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
        moves += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def _act(self, actions: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.context, actions=[actions])

    def screenshot(self) -> str:
        """Return what is on the screen as PNG in base 64."""
        return str(self.send("browsingContext.captureScreenshot", context=self.context)["data"])


@contextmanager
def started(folder: Path) -> Iterator[Tab]:
    """Start Firefox with a profile of its own on a screen of its own, and give a tab of it."""
    from websockets.sync.client import connect  # noqa: PLC0415  # only where there is a Firefox

    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [str(FIREFOX), "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    with (
        _screen() as display,
        _running(command, {"DISPLAY": display}) as process,
        connect(f"{_address(process)}/session", max_size=None, open_timeout=PATIENCE) as socket,
    ):
        tab = Tab(socket)
        tab.send("session.new", capabilities={})
        tab.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        tab.context = tab.send("browsingContext.create", type="tab")["context"]
        tab.send("browsingContext.setViewport", context=tab.context, viewport={"width": 1366, "height": 768})
        yield tab


@contextmanager
def _screen() -> Iterator[str]:
    """Give a display without a monitor: without any, Firefox has no WebGL."""
    reading, writing = os.pipe()
    command = [str(XVFB), "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with _running(command, {}, pass_fds=(writing,)), os.fdopen(reading) as said:
        os.close(writing)
        yield f":{said.readline().strip()}"


@contextmanager
def _running(command: list[str], more: dict[str, str], **choices: Any) -> Iterator[subprocess.Popen[str]]:
    """Run a program until the block is left."""
    environment = {**os.environ, **more}
    streams: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **streams, **choices) as process:
        try:
            yield process
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    said = process.stderr
    assert said is not None
    for line in said:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            Thread(target=said.read, daemon=True).start()  # a full pipe would stop it
            return found[1]
    raise AssertionError("Firefox did not start")
