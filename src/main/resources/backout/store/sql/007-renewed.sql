-- a card may be posted anew: post.kind is then 'renewed', which an older Backout cannot read
CREATE INDEX IF NOT EXISTS run_of_a_target ON run_target (target, run);
