"""Our own client: real scripts, real servers, and what happens when those go away."""
