"""blocklint under Bazel: one action a target says what its files contain, and one action checks all of them together.

Bazel distributes and caches the first kind; an edit repeats it for the edited target only. Untried with Bazel itself: the two commands
are what `example.sh` runs, and a test of this project runs that.
"""

BlocklintInfo = provider(
    doc = "What a target and everything below it contains.",
    fields = {"summaries": "depset of files that `blocklint summarize` wrote"},
)

_SOURCES = (".py", ".pyi", ".rs")
_MANIFESTS = ("Cargo.toml", "pyproject.toml", "setup.cfg")

def _is_input(file):
    # Generated files lie in another tree: `--root` would have to hold both.
    return file.is_source and (file.path.endswith(_SOURCES) or file.basename in _MANIFESTS)

def _files(rule, names):
    found = []
    for name in names:
        for target in getattr(rule.attr, name, None) or []:
            if type(target) == "Target":
                found.extend(target.files.to_list())
    return [file for file in found if _is_input(file)]

def _summarize_impl(target, ctx):
    below = []
    for name in ("deps", "srcs", "data"):
        for it in getattr(ctx.rule.attr, name, None) or []:
            if type(it) == "Target" and BlocklintInfo in it:
                below.append(it[BlocklintInfo].summaries)
    inputs = _files(ctx.rule, ["srcs", "data"])
    if not [file for file in inputs if file.path.endswith(_SOURCES)]:
        return [BlocklintInfo(summaries = depset(transitive = below))]

    out = ctx.actions.declare_file(target.label.name + ".blocklint")
    args = ctx.actions.args()
    args.add("summarize")
    args.add("--isolated")
    args.add("--no-cache")
    args.add("--out", out)
    args.add_all(inputs)
    ctx.actions.run(
        executable = ctx.executable._blocklint,
        arguments = [args],
        inputs = inputs,
        outputs = [out],
        mnemonic = "BlocklintSummarize",
        progress_message = "Reading %{label} for blocklint",
    )
    return [BlocklintInfo(summaries = depset([out], transitive = below))]

_TOOL = attr.label(default = "//tools:blocklint", executable = True, cfg = "exec")

summarize = aspect(
    implementation = _summarize_impl,
    attr_aspects = ["deps", "srcs", "data"],
    attrs = {"_blocklint": _TOOL},
    doc = "Says what a target's files contain.",
)

def _blocklint_test_impl(ctx):
    summaries = depset(transitive = [it[BlocklintInfo].summaries for it in ctx.attr.targets]).to_list()
    config = ["--config", ctx.file.config.short_path] if ctx.file.config else ["--isolated"]
    words = [ctx.executable._blocklint.short_path, "check", "--no-cache"] + config + ["--output-format", ctx.attr.output_format]
    words += ["--summaries"] + [file.short_path for file in summaries]
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    quoted = " ".join(["'%s'" % word.replace("'", "'\\''") for word in words])
    ctx.actions.write(script, "#!/bin/sh\nexec " + quoted + "\n", is_executable = True)
    files = summaries + ([ctx.file.config] if ctx.file.config else [])
    runfiles = ctx.runfiles(files = files).merge(ctx.attr._blocklint[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

blocklint_test = rule(
    implementation = _blocklint_test_impl,
    test = True,
    attrs = {
        "targets": attr.label_list(aspects = [summarize], mandatory = True, doc = "The programs; what they depend on is checked with them."),
        "config": attr.label(allow_single_file = True, doc = "A blocklint.toml, or a manifest with its table."),
        "output_format": attr.string(default = "full"),
        "_blocklint": _TOOL,
    },
    doc = "Fails with findings: the whole program is linked and analysed here.",
)
