"""`peergroup demo`."""

import asyncio
from typing import Annotated, Any

from cyclopts import Parameter


def demo(
    *,
    host: Annotated[str, Parameter(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port to listen on; 0 picks a free one.")] = 8000,
    serve: Annotated[bool, Parameter(help="Serve it; with --no-serve it is only made.")] = True,
) -> None:
    """Make an organization with a year of believable life, serve it, and say what to try.

    Each run makes an organization of its own; nothing that is there is touched.
    """
    from peergroup.cli import serving, starting

    settings = starting.settings()
    # Bound first: a port that is taken is said at once, not after the story.
    listening = serving.listen(host, port) if serve else None
    if listening is not None:
        settings = serving.reached_at(listening, settings)
    guide = _guide(asyncio.run(_tell(settings)), settings.public_url.rstrip("/"))
    if listening is None:
        print(guide)
        return
    hello = serving.greeting(listening, settings, 1, works=True)
    serving.alone(listening, settings, works=True, hello=f"{guide}\n{hello}")


async def _tell(settings: Any) -> Any:
    from rich.console import Console

    from peergroup.cli.staging import staged
    from peergroup.demo.year import tell

    with Console(stderr=True).status("A year passes …") as status:
        async with staged(settings) as (house, client):
            return await tell(house, client, lambda what: status.update(f"A year passes … {what}"))


def _guide(told: Any, url: str) -> str:
    """Tokens per role, and what to try first."""
    circle = told.circles["Founders North"]
    session, challenge = (
        f"{url}/v1/{place}"
        for place in (f"sessions/{told.ready['session']['id']}", f"challenges/{told.ready['challenge_id']}")
    )
    moderating = '-H "Authorization: Bearer $MODERATOR"'
    voices = (("admin", told.cast.owner), ("moderator", circle.moderator), ("member", circle.members[0]))
    tokens = [f"  {name.upper()}={voice.token}   # {voice.name}" for name, voice in voices]
    return "\n".join(
        [
            f"Northwind Circle: two groups, {len(told.cast.voices)} people, a year of sessions behind them.\n",
            *tokens,
            "\nFive lines worth trying:\n",
            f'  curl -s {url}/v1/groups/{circle.id}/parking-lot -H "Authorization: Bearer $MEMBER"',
            f"  curl -s {session} {moderating}",
            f"""  curl -s -X POST {session}/start {moderating} --json '{{"reason": "Everybody is here."}}'""",
            f"  curl -s -X POST {challenge}/start {moderating}",
            f'  curl -s {url}/v1/groups/{circle.id}/search?q=queue -H "Authorization: Bearer $MEMBER"\n',
        ]
    )
