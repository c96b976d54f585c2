using TwilioEmu.Bench.Paths;

// twilioemu-bench PATH [--emulator FILE] [--bare FILE]: measures one path, prints a table, exits 0.
var programs = Programs.From(args);
switch (args.FirstOrDefault(a => !a.StartsWith('-')))
{
    case "posts": return await PostMessages.RunAsync(programs);
    case "resources": return await StoredResources.RunAsync(programs);
    case "tls": return await Encrypted.RunAsync(programs);
    case "callbacks": return await Callbacks.RunAsync(programs, args.Contains("--long"));
    case "drain": return await Drain.RunAsync();
    case "start": return await StartUp.RunAsync(programs);
    case "mix": return MixedFrame.Run();
    case "memory": return await Memory.RunAsync(programs);
    default:
        Out.Error.WriteLine("usage: twilioemu-bench posts|resources|tls|callbacks [--long]|drain|start|mix|memory [--emulator FILE] [--bare FILE]");
        return 2;
}
