"""Writes a file of teams with the tokens bench-1, bench-2, … Usage: teams.py <number>"""
import hashlib
import sys

print("gateway:\n  access:\n    teams:")
for number in range(1, int(sys.argv[1]) + 1):
    digest = hashlib.sha256(f"bench-{number}".encode()).hexdigest()
    print(f"    - name: team{number}\n      requests-per-minute: 1000000000\n      token-sha256: {digest}")
