"""Relations: how a pair of states stands over time. Series of their deeds, phases and turning points, and who warmed or cooled."""
