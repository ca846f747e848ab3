"""Sub-commands and messages look at the file system too."""

import argparse
import email
import io
import logging


async def command(arguments):
    parser = argparse.ArgumentParser(add_help=False)  # hazard[BL107]: command > argparse.ArgumentParser
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("serve")  # hazard[BL107]: command > argparse._SubParsersAction.add_parser
    return parser.parse_args(arguments)


async def message(stored):
    return email.message_from_binary_file(stored)  # hazard[BL107]: message > email.message_from_binary_file


async def message_in_memory(text):
    logging.basicConfig(level="INFO")
    return email.message_from_file(io.StringIO(text))
