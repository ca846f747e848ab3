"""A dependency without an annotation is what its function returns or yields."""

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import sessionmaker

app = FastAPI()
make = sessionmaker()
make_asynchronous = async_sessionmaker()


def session():
    opened = make()
    try:
        yield opened
    finally:
        opened.close()


async def asynchronous():
    async with make_asynchronous() as opened:
        yield opened


class Settings:
    def __init__(self):
        self.session = make()


def settings():
    return Settings()


@app.get("/users")
async def users(db=Depends(session)):
    return db.query("users").all()  # hazard[BL104]: users > sqlalchemy.orm.Query.all


@app.get("/settings")
async def read(found=Depends(settings), made=Depends(Settings)):
    found.session.commit()  # hazard[BL104]: read > sqlalchemy.orm.Session.commit
    made.session.commit()  # hazard[BL104]: read > sqlalchemy.orm.Session.commit


@app.get("/asynchronous")
async def awaited(db=Depends(asynchronous), annotated: AsyncSession = Depends(session)):
    await db.commit()
    await annotated.commit()


# Synchronous endpoints run in a thread pool.
@app.get("/threads")
def threads(db=Depends(session)):
    return db.query("users").all()
