"""Do the pictures of a terminal show what the commands say, alike each time, and ask nothing of anybody?"""

from __future__ import annotations

import re

from docs.pictures import SHOWN, pictures


def test_every_picture_shows_its_command_and_the_answer() -> None:
    made = {path.stem: text.replace("&#160;", " ") for path, text in pictures()}
    assert set(made) == set(SHOWN)
    for name, command in SHOWN.items():
        assert f"$ {command}" in made[name]
    assert "oil-transit" in made["status"]
    assert "2 short" in re.sub(r"<[^>]+>", "", made["status"])
    assert "landing-aktau" in made["timeline"]


def test_pictures_are_the_same_each_time_and_fetch_nothing() -> None:
    first, second = (dict(pictures()) for _ in range(2))
    assert first == second
    for text in first.values():
        assert set(re.findall(r"https?://[^\"\s]+", text)) == {"http://www.w3.org/2000/svg"}
