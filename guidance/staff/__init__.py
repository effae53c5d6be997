"""Staff screens of guidance, governance and models."""
