"""A script finds its siblings, wherever the check begins."""

import helper


async def handler():
    helper.work()
