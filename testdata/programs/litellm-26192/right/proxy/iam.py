"""Mints the token that the database takes as a password."""

import boto3

sts = boto3.client("sts")


def mint_token(role: str) -> str:
    reply = sts.assume_role(RoleArn=role, RoleSessionName="proxy")
    return reply["Credentials"]["SessionToken"]
