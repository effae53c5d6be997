"""What staff's work needs whatever it is about: queues with clocks, who has which case, lists, views kept of them."""
