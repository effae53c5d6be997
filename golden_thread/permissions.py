"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

ADD_SNAPSHOT = "golden_thread.add_snapshot"
ADD_THREAD_LINK = "golden_thread.add_threadlink"
ADD_TRAINING_SESSION = "golden_thread.add_trainingsession"
VIEW_SNAPSHOT = "golden_thread.view_snapshot"
