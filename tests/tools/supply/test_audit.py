"""The audit's three answers, asked of a service on loopback that answers as OSV does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.web import Answer, WebServer
from tools.supply.audit import CLEAN, FOUND, NOT_ASKED

FAULT = {
    "id": "GHSA-x84v-xcm2-53pg",
    "summary": "Authorization headers are sent to whoever a redirect leads to",
    "affected": [
        {
            "package": {"name": "requests", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.20.0"}]}],
        }
    ],
}


def audit(folder: Path, service: str) -> subprocess.CompletedProcess[str]:
    lock = folder / "some.lock"
    lock.write_text(f"requests==2.19.1 --hash=sha256:{'0' * 64}\n", "utf-8")
    command = [sys.executable, "-m", "tools.supply.audit", str(lock), "--service", service]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_known_fault_fails(tmp_path: Path) -> None:
    with WebServer() as web:
        web.serve("/query", Answer(json.dumps({"vulns": [FAULT]}), content_type="application/json"))
        answer = audit(tmp_path, web.url("/query"))
        assert json.loads(web.asked("/query")[0].body)["version"] == "2.19.1"
    assert answer.returncode == FOUND
    assert "requests 2.19.1: GHSA-x84v-xcm2-53pg, mended by 2.20.0: Authorization headers" in answer.stdout


def test_nothing_known_is_clean(tmp_path: Path) -> None:
    with WebServer() as web:
        web.serve("/query", Answer("{}", content_type="application/json"))
        answer = audit(tmp_path, web.url("/query"))
    assert (answer.returncode, answer.stdout) == (CLEAN, "audit: 1 packages asked about, 0 known faults\n")


@pytest.mark.parametrize("status", [None, 500, 404])
def test_a_service_that_cannot_be_asked_is_no_clean_answer(tmp_path: Path, status: int | None) -> None:
    with WebServer() as web:
        service = web.url("/query") if status else "http://127.0.0.1:9/query"
        web.serve("/query", Answer("no", status or 200))
        answer = audit(tmp_path, service)
    assert answer.returncode == NOT_ASKED
    assert "NOT DONE" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
