"""Lists: a page with its entries, which leads on to all that follow."""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from typing import Any, Generic, TypeVar

from peergroup.client.asking import Ask
from peergroup.client.course import Reply, http_of, read
from peergroup.client.records import Http, Record

T = TypeVar("T", bound=Record)


class _Sheet(Generic[T]):
    """What a page holds, whoever fetched it."""

    def __init__(self, ask: Ask[T], reply: Reply) -> None:
        data = read(reply)
        self._ask = ask
        self.http: Http = http_of(reply)
        self.items: list[T] = [ask.answer(one) for one in data["items"]]
        self.next_cursor: str | None = data["next_cursor"]

    @property
    def _next(self) -> Ask[T] | None:
        return None if self.next_cursor is None else self._ask.on_page(self.next_cursor)

    def __repr__(self) -> str:
        more = "" if self.next_cursor is None else ", and more"
        return (
            f"<{type(self).__name__} of {len(self.items)} {getattr(self._ask.answer, '__name__', '')}{more}>"
        )


class Page(_Sheet[T]):
    """One page. Iterating over it goes on through all that follow, which are fetched when they are needed."""

    def __init__(self, ask: Ask[T], fetch: Callable[[Ask[Any]], Reply]) -> None:
        super().__init__(ask, fetch(ask))
        self._fetch = fetch

    def next_page(self) -> "Page[T] | None":
        """The next page; None after the last."""
        return None if self._next is None else Page(self._next, self._fetch)

    def pages(self) -> "Iterator[Page[T]]":
        """This page and all that follow."""
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items


AsyncFetch = Callable[[Ask[Any]], Awaitable[Reply]]


class AsyncPage(_Sheet[T]):
    """One page. `async for` goes on through all that follow, which are fetched when they are needed."""

    def __init__(self, ask: Ask[T], reply: Reply, fetch: AsyncFetch) -> None:
        super().__init__(ask, reply)
        self._fetch = fetch

    async def next_page(self) -> "AsyncPage[T] | None":
        """The next page; None after the last."""
        return None if self._next is None else await Listing(self._next, self._fetch)

    async def pages(self) -> "AsyncIterator[AsyncPage[T]]":
        """This page and all that follow."""
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item


class Listing(Generic[T]):
    """A list that is about to be read: `await` it for its first page, or iterate over all of it with `async for`."""

    def __init__(self, ask: Ask[T], fetch: AsyncFetch) -> None:
        self._ask, self._fetch = ask, fetch

    async def _first(self) -> AsyncPage[T]:
        return AsyncPage(self._ask, await self._fetch(self._ask), self._fetch)

    def __await__(self) -> Generator[Any, None, AsyncPage[T]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self:
            yield item
