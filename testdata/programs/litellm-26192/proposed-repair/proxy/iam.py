"""Mints the token that the database takes as a password."""

import boto3

sts = boto3.client("sts")


def mint_token(role: str) -> str:
    # hazard(warning)[BL301]: _safe_refresh_token > get_rds_iam_token > mint_token > assume_role
    reply = sts.assume_role(RoleArn=role, RoleSessionName="proxy")
    return reply["Credentials"]["SessionToken"]
