"""What do claims of speed rest on? Ledgers that can be made again, and measurements beside bare references."""
