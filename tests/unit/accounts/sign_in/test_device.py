import pytest

from accounts.sign_in.device import MOST_LETTERS, device_name

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
EDGE = f"{CHROME.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64')} Edg/140.0"
WECHAT = "Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50"
FIREFOX = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (SAFARI, "Safari · iPhone"),
        (CHROME, "Chrome · Linux"),
        (EDGE, "Edge · Windows"),
        (WECHAT, "WeChat · Android"),
        (FIREFOX, "Firefox · macOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_what_nobody_knows_is_cut_short() -> None:
    assert device_name("x" * 500) == "x" * MOST_LETTERS
