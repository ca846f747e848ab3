"""What stands behind `finally` runs where the body stopped, too; what follows it only where the body went through."""

import os


def work():
    return 1


async def cleans_up(path):
    done = False
    try:
        work()
        done = True
    finally:
        if not done:
            os.remove(path)  # hazard(note): cleans_up > os.remove


async def cleans_up_with_a_handler(path):
    state = "begun"
    try:
        state = work() and "done"
    except ValueError:
        state = "failed"
    finally:
        if state == "begun":
            os.remove(path)  # hazard(note): cleans_up_with_a_handler > os.remove


async def never_did_anything_else(path):
    done = True
    try:
        work()
    finally:
        if not done:
            os.remove(path)


async def goes_on(path):
    done = False
    try:
        work()
        done = True
    finally:
        work()
    if not done:
        os.remove(path)


async def says_it_in_the_end(path):
    done = False
    try:
        work()
    finally:
        done = True
    if not done:
        os.remove(path)
