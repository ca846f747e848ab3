pub fn settle() {}
