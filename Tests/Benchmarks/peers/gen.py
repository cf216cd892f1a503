#!/usr/bin/env python3
r"""Deterministic generator of realistic Keyfactor-style workflow instances.

usage: gen.py COUNT OUTDIR [--page-size 1000] [--seed 20240131] [--users 2000] [--hostile 0] [--shape plain]

--hostile SHARE gives that share of the messages and host names quotes, controls, formulas and right-to-left text.
--shape reordered, unknown or escaped writes every row with its keys in another order, with three keys nobody knows, or
with its texts all in \u escapes.

Writes OUTDIR/pages/page-NNNNN.json (one compact JSON array a page, the last may be short)
and OUTDIR/all.ndjson (the same objects, one a line, same order), and OUTDIR/MANIFEST.json.
Only random() and getrandbits() of random.Random are used, so the bytes are the same on every
CPython 3. Everything is invented; no real names or hosts (example.com).
"""
import argparse, bisect, hashlib, json, math, os, random, sys
from datetime import datetime, timedelta, timezone

STATUSES = [("Complete", 78.0), ("Rejected", 6.5), ("Failed", 6.0), ("Suspended", 5.0),
            ("Running", 2.5), ("CanceledForRestart", 2.0)]
FAIL_MSGS = [
    'Step \\"Submit to CA\\" failed: The RPC server is unavailable. (0x800706BA)',
    'The certificate authority \\"CA01.keyexample.com\\\\CorpIssuing1\\" denied the request, reason: policy.\\r\\nSee event 53.',
    'REST step returned 502 Bad Gateway from https://itsm.example.com/api/now/change',
    'Template \\u0027WebServer2y\\u0027 is not allowed for requester',
    'Timed out after 00:05:00 waiting for the orchestrator',
]
OK_MSGS = ["null", '"Workflow completed successfully."', '""',
           '"Signal RequireApproval1.ApproveStatus received; 2 of 2 required approvals are recorded."',
           '"Certificate issued by CA01.keyexample.com\\\\CorpIssuing1; owner role \\u0027PKI Operators\\u0027 notified by e-mail at certificates@keyexample.com."']
FIRST = "james mary robert linda john patricia michael jennifer david elizabeth wei anna josé zoë olga ravi fatima noah emma liam".split()
LAST = "smith johnson williams brown jones garcia miller davis lopez wilson anderson thomas taylor moore müller nowak kim patel ivanova okafor".split()
TYPES = [("Enrollment", 14), ("Revocation", 4), ("CertificateEnteredCollection", 2)]
ACTIONS = {"Enrollment": ["enrolling for a"], "Revocation": ["revoking"]}
STEPS = [("Require Approval", "RequireApproval1"), ("Submit to CA", "SubmitToCA"), ("Start", "Start-NOOP"),
         ("End", "End-NOOP"), ("Update Subject", "InvokePowerShell_UpdateSubject"),
         ("Notify Requester & Owner", "SendEmail_NotifyRequesterOwner"), ("Call ITSM", "RESTRequest_ITSM")]


# As JSON writes them.
HOSTILE = [r'=HYPERLINK(\"http://example.com\")', r"\u0001\u001b[31m", r'+1,\r\n\"quoted\"', r"\u202e\u05d0\u05d1", r"@x\\u{41}"]


def reshaped(row, shape):
    x = json.loads(row)
    if shape == "reordered":
        x["Definition"] = dict(reversed(x["Definition"].items()))
        return json.dumps(dict(reversed(x.items())), ensure_ascii=False, separators=(",", ":"))
    if shape == "unknown":
        x.update(Archived=False, Tags=["a", {"b": None}], Duration=1.5)
        return json.dumps(x, ensure_ascii=False, separators=(",", ":"))
    text = lambda t: '"' + "".join("\\u%04x" % ord(c) for c in t) + '"'
    value = lambda v: "{" + ",".join('"%s":%s' % (k, value(u)) for k, u in v.items()) + "}" if isinstance(v, dict) \
        else text(v) if isinstance(v, str) else json.dumps(v)
    return value(x)


def zipf_cdf(n, s):
    acc, out = 0.0, []
    for k in range(1, n + 1):
        acc += 1.0 / k ** s
        out.append(acc)
    return [x / acc for x in out]


def esc(s, ascii_only):  # JSON string body, as Newtonsoft (raw UTF-8) or System.Text.Json (\uXXXX) writes it
    return json.dumps(s, ensure_ascii=ascii_only)[1:-1]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("count", type=int)
    ap.add_argument("outdir")
    ap.add_argument("--page-size", type=int, default=1000)
    ap.add_argument("--seed", type=int, default=20240131)
    ap.add_argument("--users", type=int, default=2000)
    ap.add_argument("--hostile", type=float, default=0)
    ap.add_argument("--shape", choices=["plain", "reordered", "unknown", "escaped"], default="plain")
    a = ap.parse_args()
    odd = random.Random(a.seed + 1)  # its own numbers, so that the others stay as they are
    r = random.Random(a.seed)
    rnd, bits = r.random, r.getrandbits

    def guid():
        h = "%032x" % bits(128)
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    users = []
    for i in range(a.users):
        f, l = FIRST[int(rnd() * len(FIRST))], LAST[int(rnd() * len(LAST))]
        dom = "KEYEXAMPLE" if rnd() < 0.85 else "PARTNER"
        users.append(esc(f"{dom}\\{f[0]}{l}{i if i >= 40 else ''}", rnd() < 0.5))
    types = [t for t, n in TYPES for _ in range(n)]
    defs, steps = [], []
    for i, t in enumerate(types):
        name = {"Enrollment": "Enterprise Enrollment", "Revocation": "Revocation Approval",
                "CertificateEnteredCollection": "Expiring Soon"}[t] + f" – Tier {i:02d}"
        defs.append((t, '{"Id":"%s","DisplayName":"%s","Version":%d,"WorkflowType":"%s"}'
                     % (guid(), esc(name, i % 2 == 0), 1 + int(rnd() * 14), t),
                     1.0 + 6.0 * rnd(), 0.4 + 1.6 * rnd()))  # mu, sigma of ln(latency seconds)
        steps.append([(guid(), esc(n, False), u) for n, u in STEPS])
    ucdf, dcdf = zipf_cdf(a.users, 1.05), zipf_cdf(20, 0.9)
    tot = sum(w for _, w in STATUSES)
    scdf, acc = [], 0.0
    for _, w in STATUSES:
        acc += w / tot
        scdf.append(acc)
    ufail = [0.3 + 3.4 * rnd() ** 3 for _ in users]  # how much likelier than average this user's runs fail
    gauss = []
    for _ in range(8192):
        gauss.append(math.sqrt(-2 * math.log(1 - rnd())) * math.cos(2 * math.pi * rnd()))

    t0 = datetime(2023, 1, 2, tzinfo=timezone.utc)
    span_ms = 730 * 86400_000
    day = [(t0 + timedelta(days=d)).strftime("%Y-%m-%d") for d in range(730 + 400)]

    def stamp(ms):  # .NET round-trip style: trailing zeros of the fraction trimmed, no '.' when it is zero
        d, rem = divmod(ms, 86400_000)
        s, frac = divmod(rem, 1000)
        base = f"{day[d]}T{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}"
        return f"{base}.{frac:03d}".rstrip("0") + "Z" if frac else base + "Z"

    os.makedirs(os.path.join(a.outdir, "pages"), exist_ok=True)
    nd = open(os.path.join(a.outdir, "all.ndjson"), "wb", buffering=1 << 20)
    sha, total, pages = hashlib.sha256(), 0, 0
    page = []
    for i in range(a.count):
        di = bisect.bisect_left(dcdf, rnd())
        wtype, dj, mu, sg = defs[di]
        ui = bisect.bisect_left(ucdf, rnd())
        si = bisect.bisect_left(scdf, rnd())
        if si == 0 and rnd() < 0.02 * ufail[ui]:
            si = 2
        elif si == 2 and rnd() > ufail[ui]:
            si = 0
        status = STATUSES[si][0]
        start = int((i + rnd()) * span_ms / a.count)
        lat = int(1000 * math.exp(mu + sg * gauss[bits(13)])) + bits(8)
        if lat > 300 * 86400_000:
            lat = 300 * 86400_000
        sid, sname, suniq = steps[di][3 if si == 0 else int(rnd() * len(STEPS))]
        x = rnd()
        n = bits(16)
        cn = (f"host{n:05d}.prod.example.com" if x < 0.7 else f"svc-{n:x}.internal.k8s.example.com" if x < 0.97
              else f"Acme Widgets, Inc. Gateway {n}" if x < 0.99 else f"büro-{n}.example.com")
        if x >= 0.99:
            cn = esc(cn, n & 1 == 0)
        if wtype == "CertificateEnteredCollection":
            title = f"Certificate with CN={cn} entered collection Expiring Soon"
        else:
            acts = ACTIONS[wtype]
            act = acts[int(rnd() * len(acts))]
            title = f"{users[ui]} is {act} certificate with CN={cn}."
        msg = '"' + FAIL_MSGS[int(rnd() * len(FAIL_MSGS))] + '"' if si == 2 else OK_MSGS[int(rnd() * len(OK_MSGS))]
        if a.hostile and odd.random() < a.hostile:
            x = HOSTILE[int(odd.random() * len(HOSTILE))]
            title, msg = title.replace("CN=", "CN=" + x, 1), '"' + x + '"'
        row = ('{"Id":"%s","Status":"%s","CurrentStepId":"%s","StatusMessage":%s,"Definition":%s,'
                    '"CurrentStepDisplayName":"%s","CurrentStepUniqueName":"%s","Title":"%s","LastModified":"%s",'
                    '"StartDate":"%s","ReferenceId":%d}'
                    % (guid(), status, sid, msg, dj, sname, suniq, title, stamp(start + lat), stamp(start), 1000 + i))
        page.append(row if a.shape == "plain" else reshaped(row, a.shape))
        if len(page) == a.page_size or i == a.count - 1:
            pages += 1
            body = ("[" + ",".join(page) + "]").encode()
            with open(os.path.join(a.outdir, "pages", f"page-{pages:05d}.json"), "wb") as f:
                f.write(body)
            sha.update(body)
            total += len(body)
            nd.write(("\n".join(page) + "\n").encode())
            page.clear()
    nd.close()
    man = {"count": a.count, "pages": pages, "page_size": a.page_size, "seed": a.seed, "bytes": total,
           "bytes_per_instance": round(total / a.count, 1), "sha256_of_pages": sha.hexdigest()}
    with open(os.path.join(a.outdir, "MANIFEST.json"), "w") as f:
        json.dump(man, f, indent=1)
    print(json.dumps(man))


main()
