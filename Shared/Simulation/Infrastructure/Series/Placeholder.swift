// The models come here.
