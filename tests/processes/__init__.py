"""Servers and programs as processes of their own: started, killed, damaged, flooded."""
