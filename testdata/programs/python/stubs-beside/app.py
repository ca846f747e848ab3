import lib


async def made():
    lib.make().run()


async def not_blocking():
    lib.quiet().run()


async def driven():
    lib.drive(lib.make())


async def kept():
    lib.current.stop()
