// Tests come with the models.
