from requests import Session


async def fetched(url):
    Session().get(url)  # hazard: fetched > requests.Session.get
