"""Where a sign-in comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """A browser or client as its request shows it."""

    address: str
    user_agent: str = ""


# A name stands before those that its bearers claim as well: Edge says Chrome, Chrome says Safari.
_BROWSERS = {
    "MicroMessenger/": "WeChat",
    "HuaweiBrowser/": "Huawei Browser",
    "MQQBrowser/": "QQ Browser",
    "QQBrowser/": "QQ Browser",
    "UCBrowser/": "UC Browser",
    "MiuiBrowser/": "Mi Browser",
    "Edg": "Edge",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "OpenHarmony": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
MOST_LETTERS = 40


def device_name(user_agent: str) -> str:
    """Browser and system as people call them; of a program the beginning of what it says; may be empty."""
    said = user_agent.replace("HeadlessChrome/", "Chrome/")
    found = [
        next((name for sign, name in names.items() if sign in said), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(name for name in found if name) or user_agent[:MOST_LETTERS]
