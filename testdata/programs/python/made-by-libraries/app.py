"""A library's method that makes an instance of a class runs what belongs to making one."""

import requests
from pydantic import BaseModel


class Page(BaseModel):
    url: str

    def model_post_init(self, context):
        requests.head(self.url)  # hazard[BL102]: reads > Page.model_post_init > requests.head


class Checked(BaseModel):
    url: str

    def check(self):
        requests.head(self.url)


async def reads(data):
    return Page.model_validate(data)


async def checks(data):
    return Checked.model_validate(data)
