"""`grade doctor`: what this machine proves to have."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from grader.commands.options import json_option

if TYPE_CHECKING:
    from grader.border.proof import Attack, Proof


@click.command("doctor", epilog="Example: grade doctor")
@json_option
def command(as_json: bool) -> None:
    """Attack each isolation level as a hostile submission would, and say what came of it.

    A last line tells which GPU `grade verify --backend cuda` would use.

    `grade batch` takes the strongest level that is proved here, and refuses to start below "strong"
    unless it is told to: `--isolation best` takes whatever there is.
    """
    from grader.border.proof import LEVELS, prove, reason, remedy
    from grader.verify.device import find_device

    device = find_device()
    proofs = [prove(level) for level in LEVELS]
    best = next((proof.level for proof in proofs if proof.holds), "none")
    if as_json:
        levels = {proof.level: _told(proof) for proof in proofs}
        told = {"best": best, "levels": levels, "device": asdict(device)}
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(_table(proofs))
    for proof in proofs:
        if proof.unavailable:
            what = remedy(proof.unavailable)
            click.echo(f"{proof.level}: not available: {reason(proof)}" + (what and f" ({what})"))
        elif proof.level != "none":
            verdict = "proved" if proof.holds else f"not proved: {reason(proof)}"
            click.echo(f"{proof.level}: {verdict}")
    click.echo("none: protects from hangs and crashes, not from hostile code")
    click.echo(f"grade batch --isolation best takes: {best}")
    click.echo(f"GPU: {device.text}")


def _told(proof: "Proof") -> dict[str, object]:
    attacks = {
        a.name: {"withstood": a.withstood, "allowed": a.allowed, "how": a.how}
        for a in proof.attacks
    }
    return {"proved": proof.holds, "unavailable": proof.unavailable, "attacks": attacks}


def _table(proofs: "list[Proof]") -> str:
    from tabulate import tabulate

    from grader.border.proof import attack_names

    outcomes = {p.level: {a.name: _word(a) for a in p.attacks} for p in proofs}
    rows = [
        [name.replace("_", " "), *(outcomes[p.level].get(name, "not tried") for p in proofs)]
        for name in attack_names()
    ]
    return str(tabulate(rows, ["a submission that tries to", *(p.level for p in proofs)]))


def _word(attack: "Attack") -> str:
    if attack.allowed:
        return "allowed"
    return "withstood" if attack.withstood else "got through"
