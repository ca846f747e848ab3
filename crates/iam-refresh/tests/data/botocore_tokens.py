"""Signs the requests on stdin with botocore and prints the tokens: what `tests/it/botocore.rs` compares with."""

import datetime
import json
import sys
from unittest import mock

import botocore.auth
import botocore.session
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def token(request, client):
    credentials = Credentials("AKIDEXAMPLE", request["secret"], request["session"])
    at = datetime.datetime.fromtimestamp(request["at"], datetime.timezone.utc)
    with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: at.replace(tzinfo=None)):
        if request["service"] == "rds":
            client._request_signer._credentials = credentials
            return client.generate_db_auth_token(request["host"], request["port"], request["user"], request["region"])
        return cache_token(request, credentials)


def cache_token(request, credentials):
    params = {"Action": "connect", "User": request["user"]}
    if request["service"] == "serverless":
        params["ResourceType"] = "ServerlessCache"
    url = f"https://{request['host'].lower()}/"
    signed = AWSRequest(method="GET", url=url, params=params)
    botocore.auth.SigV4QueryAuth(credentials, "elasticache", request["region"], expires=900).add_auth(signed)
    return signed.url.removeprefix("https://")


def main():
    session = botocore.session.Session()
    client = session.create_client("rds", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    json.dump([token(request, client) for request in json.load(sys.stdin)], sys.stdout)


main()
