"""What helps people to contribute a method: writing the file, finding its neighbours, the way to the host.

The web form and the command line both use it. It stands beside the flow: what it writes is read
again by reader.py like any other file, so there is one set of rules.
"""
