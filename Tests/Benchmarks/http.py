#!/usr/bin/env python3
"""What a run over HTTP takes, beside the time that its server takes: http.py [RUNS [OTHER]]

The server is the sandbox on the same machine, as it is and behind nginx, which speaks TLS. A server that takes 50 ms a page
cannot be read twice, eight requests at a time, in less than two reads of its pages times 50 ms by eight; `ratio` is what a run
takes beside that. OTHER is another build of the program, whose runs alternate with those of the first.
"""
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import measured

# Instances and the server's milliseconds a page.
CASES = [(100_000, 50), (400_000, 50), (100_000, 10), (400_000, 10), (100_000, 0)]
WINDOW = ["--from", "2026-01-01", "--to", "2026-10-01"]
CONCURRENCY = 8
CREDENTIALS = {"KEYFACTOR_USERNAME": r"KEYEXAMPLE\auditor", "KEYFACTOR_PASSWORD": "sandbox"}
FRONT = """
daemon off;
pid {folder}/pid;
worker_processes 1;
error_log {folder}/log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream sandbox {{ server {sandbox}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/certificate;
    ssl_certificate_key {folder}/key;
    location / {{
      proxy_pass http://sandbox;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }}
  }}
}}
"""


class Run:
    """What a run took, and how many pages it fetched and kept."""

    def __init__(self, took, pack):
        self.took = took
        self.requests = json.loads((pack / "report.json").read_text())["completeness"]["requests"]
        with open(pack / "evidence/journal.jsonl", encoding="utf-8") as journal:
            lines = [json.loads(line) for line in journal]
        self.pages = sum(line["purpose"] == "read 1" and line["rows"] > 0 for line in lines)
        self.kept = len(os.listdir(pack / "evidence/pages"))


def fetch(program, server, *options):
    archive = pathlib.Path(tempfile.mkdtemp(dir=measured.OUTPUT))
    try:
        took = measured.run(
            [program, "run", "--server", server, *WINDOW, "--out", archive, "--format", "csv,json", "--page-size", "500",
             "--concurrency", str(CONCURRENCY), *options],
            env=os.environ | CREDENTIALS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return Run(took, (archive / "latest").resolve())
    finally:
        shutil.rmtree(archive)


@contextlib.contextmanager
def sandbox(count, latency):
    """The sandbox's address for as long as it runs."""
    process = subprocess.Popen(
        [measured.PROGRAM, "sandbox", "--instances", str(count), *WINDOW, "--latency", str(latency)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def front(server):
    """The address of nginx before a server, and the certificate that it shows, for as long as it runs."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
        folder = pathlib.Path(name)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key", "-out", folder / "certificate"],
            check=True, stderr=subprocess.DEVNULL)
        host, path = server.removeprefix("http://").split("/", 1)
        (folder / "nginx.conf").write_text(FRONT.format(folder=folder, sandbox=host, port=port))
        process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                time.sleep(0.05)
            yield f"https://localhost:{port}/{path}", folder / "certificate"
        finally:
            process.terminate()
            process.wait()


def measure(programs, runs, server, *options):
    """The runs of each program, in turn."""
    made = {program: [] for program in programs}
    for _ in range(runs):
        for program in programs:
            made[program].append(fetch(program, server, *options))
    return made


def show(name, latency, made):
    one, took = made[0], measured.Took.median([run.took for run in made])
    least = 2 * one.pages * latency / 1000 / CONCURRENCY
    print(f"| {name} | {one.pages} | {one.requests} | {took.wall:.2f} | {f'{took.wall / least:.3f}' if latency else ''} | {took.cpu:.2f} "
          f"| {took.cpu * 1000 / one.requests:.2f} | {took.cpu * 1000 / one.kept:.1f} | {took.peak / 2**20:.0f} |", flush=True)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    programs = [measured.PROGRAM, *sys.argv[2:3]]
    print("| | pages a read | requests | wall s | ratio | CPU s | ms of CPU a request | ms of CPU a page kept | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for count, latency in CASES:
        with sandbox(count, latency) as server, front(server) as (tls, certificate):
            for name, made in [("", measure(programs, runs, server)), (", TLS", measure(programs, runs, tls, "--ca-file", certificate))]:
                for program in programs:
                    other = "" if program == measured.PROGRAM else ", other"
                    show(f"{count:,} instances, {latency} ms{name}{other}", latency, made[program])


main()
