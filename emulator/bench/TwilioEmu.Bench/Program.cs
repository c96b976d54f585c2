using TwilioEmu.Bench;
using TwilioEmu.Bench.Paths;

// twilioemu-bench PATH [options]: measures one path, prints a table, exits 0.
BenchPath[] paths =
[
    new("posts", [], o => PostMessages.RunAsync(o.Programs)),
    new("resources", [], o => StoredResources.RunAsync(o.Programs)),
    new("tls", [], o => Encrypted.RunAsync(o.Programs)),
    new("callbacks", ["--long"], o => Callbacks.RunAsync(o.Programs, o.Has("--long"))),
    new("told", [], o => Told.RunAsync(o.Programs)),
    new("drain", ["--count N"], o => Drain.RunAsync(o.Count("--count", 1_000_000))),
    new("start", [], o => StartUp.RunAsync(o.Programs)),
    new(
        "pauses", ["--stored N", "--requests N"],
        o => Pauses.RunAsync(o.Programs, o.Count("--stored", 1_000_000), o.Count("--requests", 200_000))),
    new(
        "sip", ["--calls N", "--seconds N"],
        o => SipCalls.RunAsync(o.Programs, o.Count("--calls", 300), TimeSpan.FromSeconds(o.Number("--seconds", 60)))),
    new("smpp", ["--count N"], o => SmppSubmits.RunAsync(o.Programs, o.Count("--count", SmppSubmits.UsualCount))),
    new("mix", [], _ => Task.FromResult(MixedFrame.Run())),
    new("rooms", ["--repeats N"], o => Rooms.RunAsync(o.Count("--repeats", 20))),
    new("calls", ["--calls N"], o => ManyCalls.RunAsync(o.Count("--calls", 20_000))),
    new("kept", ["--count N"], o => Kept.RunAsync(o.Programs, o.Count("--count", 1_000_000))),
    new("memory", [], o => Memory.RunAsync(o.Programs)),
    new(
        "soak", ["--minutes N", "--rate N", "--memory SIZE"],
        o => Soak.RunAsync(o.Programs, o.Number("--minutes", 30), o.Count("--rate", 2000), o.Text("--memory") ?? "512m")),
];
if (args.Contains("--help")) return Usage(Out.WriteLine, 0);
if (paths.FirstOrDefault(p => p.Name == args.FirstOrDefault()) is not { } path) return Usage(Out.Error.WriteLine, 2);
if (BenchOptions.TryRead(path, args[1..], out var fault) is not { } options)
{
    Out.Error.WriteLine(fault);
    return Usage(Out.Error.WriteLine, 2);
}
return await path.RunAsync(options);

int Usage(Action<string> tell, int code)
{
    tell("usage: twilioemu-bench PATH [options] [--emulator FILE] [--bare FILE]; the paths, which README.md beside it explains:");
    foreach (var known in paths) tell($"  {known.Name}{string.Concat(known.Options.Select(o => $" [{o}]"))}");
    return code;
}
