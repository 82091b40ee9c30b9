"""What a client asks for when it joins a topic, and what the server grants or refuses."""
