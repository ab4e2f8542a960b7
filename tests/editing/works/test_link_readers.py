"""What readers see of a link that breaks: the cited work, in its articles too."""

from tests.editing.requests import create
from tests.editing.works.links import round_of_checks, wait_days
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, reply


async def test_a_broken_link_offers_its_archive_and_heals(
    calling: Newsroom, there: Stranger
) -> None:
    made = await create(
        calling, "works", kind="newspaper_article", title="Harbour audit was kept secret",
        url=there.url("/audit"), archive_url="https://archive.example/1/audit",
    )  # fmt: skip
    work_id = made.json()["id"]
    article = await calling.published(
        body_markdown="The audit was kept secret, a newspaper reported.",
        citations=[{"type": "reported_by", "work_id": work_id}],
    )
    await calling.drain()
    address = f"/v1/articles/{article.json()['id']}"

    async def links() -> list[dict[str, object]]:
        cited = (await calling.read(address))["citations"][0]["work"]
        return [(await calling.read(f"/v1/works/{work_id}"))["link"], cited["link"]]

    there.pages["/audit"] = reply(410)
    for days in (4, 4, 4):
        await round_of_checks(calling)
        await wait_days(calling, days)
    await calling.drain()
    broken = await links()
    there.pages["/audit"] = reply(200, "<title>Harbour audit</title>")
    await wait_days(calling, 4)
    await round_of_checks(calling)
    await calling.drain()

    assert len([each for each in there.asked if each.target == "/audit"]) == 8
    for each in broken:
        assert each["broken"] is True
        assert each["archive_url"] == "https://archive.example/1/audit"
    assert [each["broken"] for each in await links()] == [False, False]
